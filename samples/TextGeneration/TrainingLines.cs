using System.Globalization;
using ModelGen;

namespace TextGenerationSample;

/// <summary>Prints after each epoch how well the model predicts, and what it writes by now; keeps both for the page.</summary>
/// <param name="author">Who writes with the model.</param>
/// <param name="seed">Where the texts come from.</param>
internal sealed class TrainingLines(Author author, long seed) : IProgress<FitProgress>
{
    private const int Characters = 240;

    private readonly List<(int Epoch, double Bits, string Text)> _texts = [];

    /// <summary>What the model wrote after each epoch, and the bits per character of the validation part then.</summary>
    public IReadOnlyList<(int Epoch, double Bits, string Text)> Texts => _texts;

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        if (value.Validation is { } validation)
        {
            var bits = TextCompression.BitsPerCharacter(validation.Loss);
            var text = author.Write("", Characters, new TokenSampler { Temperature = 0.8f, TopP = 0.95f }, seed).Trim('\n');
            _texts.Add((value.Epoch, bits, text));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {value.Epoch,2} of {value.Epochs}  bits per character: {TextCompression.BitsPerCharacter(value.Loss):F3} learned from, {bits:F3} held out{(value.IsBest ? " *" : "")}  {value.SamplesPerSecond * CharacterModel.Length:N0} characters/s  {value.TimeLeft:m\\:ss} left"));
            Console.WriteLine($"    {text.Replace("\n", "\n    ", StringComparison.Ordinal)}\n");
        }
    }
}
