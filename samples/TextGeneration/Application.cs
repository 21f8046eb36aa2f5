using System.Globalization;
using ModelGen;
using SampleKit;
using Spectre.Console;

namespace TextGenerationSample;

/// <summary>Trains on a text, judges by the end of it that no training saw, and writes.</summary>
internal static class Application
{
    private const int Batch = 32;
    private const int OpeningCharacters = 500;
    private const int QuickCharacters = 250_000;
    private const int WrittenCharacters = 500;
    private const int ShadedCharacters = 1_000;

    // A character that takes so many bits stands on the strongest red.
    private const double StrongBits = 8;

    private static readonly (string Name, TokenSampler Sampler)[] s_samplers =
    [
        ("the most probable character, always", new() { TopK = 1 }),
        ("temperature 0.6", new() { Temperature = 0.6f }),
        ("temperature 1, the first 90 % (top-p)", new() { TopP = 0.9f }),
        ("temperature 1.2", new() { Temperature = 1.2f }),
    ];

    /// <summary>Trains and reports.</summary>
    /// <param name="settings">The command line.</param>
    /// <param name="file">The text to learn from, or null for the one that comes with the sample.</param>
    /// <param name="cancellation">Ends training.</param>
    public static int Run(SampleSettings settings, string? file, CancellationToken cancellation)
    {
        var corpus = file is null ? Corpus.LoadEmbedded() : Corpus.Load(file);
        var learned = settings.Quick ? corpus.Train[..Math.Min(corpus.Train.Length, QuickCharacters)] : corpus.Train;

        // Stretches of the text are read side by side, each on from where the batch before it ended; the test is read in one.
        var windows = new TokenWindows { Length = CharacterModel.Length };
        var stretches = windows with { Rows = Batch };
        var (train, validation, test) = (stretches.Cut(learned.Span), stretches.Cut(corpus.Validation.Span), windows.Cut(corpus.Test.Span));
        Console.WriteLine(CharacterModel.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{corpus.Name}: {learned.Length:N0} characters to learn from, {corpus.Validation.Length:N0} to watch, the last {corpus.Test.Length:N0} to test with.\n"));

        var net = new CharacterModel(settings.Seed);
        var author = new Author(net, Opening(learned));
        var lines = new TrainingLines(author, settings.Seed);
        var options = settings.Fitting(quick: 3, real: 16, Batch, new Adam(0.004f) { ClipNorm = 1, Schedule = new OneCycleSchedule() });
        var fit = net.Fit(train, validation, options, lines, cancellation);
        net.Save(settings["text.safetensors"]);

        var bits = TextCompression.BitsPerCharacter(net.CreateTrainer(new Adam(), batch: 1, settings.Threads).Evaluate(test).Loss);
        var frequencies = Frequencies(learned.Span, corpus.Test.Span);
        var written = s_samplers.Select(way => (way.Name, Text: author.Write("And ", WrittenCharacters, way.Sampler, settings.Seed))).ToArray();
        Show(written);
        Report();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nTest {bits:F3} bits per character on {corpus.Test.Length:N0} that no training saw ({frequencies:F3} by how often each character occurs), after {fit.Seconds:F0} s of training.\nSee {settings["report.html"]}."));
        return fit.Divergence is null ? 0 : 1;

        void Report()
        {
            var page = new HtmlReport("Writing as a book is written")
                .Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{corpus.Name}: {bits:F3} bits per character on the last {corpus.Test.Length:N0} characters, which no training saw; {frequencies:F3} by how often each character occurs. {fit.Epochs.Count} epochs in {fit.Seconds:F0} s."))
                .Chart(
                    "epochs",
                    new("bits, learned from", [.. fit.Epochs.Select(epoch => TextCompression.BitsPerCharacter(epoch.Loss))]),
                    new("bits, held out", [.. fit.Epochs.Select(epoch => TextCompression.BitsPerCharacter(epoch.ValidationLoss!.Value))]))
                .Heading("What it writes at the end, beginning with “And”");
            foreach (var (name, text) in written)
            {
                page.Paragraph(name).Preformatted(text);
            }

            page.Heading("Where the test surprises it")
                .Paragraph(string.Create(CultureInfo.InvariantCulture, $"The redder a character, the less probable it was held to be: white is certain, full red {StrongBits:F0} bits or more."))
                .Shaded(Surprises(net, corpus.Test.Span[..(ShadedCharacters + 1)]))
                .Heading("What it wrote as it learned");
            foreach (var (epoch, held, text) in lines.Texts)
            {
                page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Epoch {epoch}, {held:F3} bits")).Preformatted(text);
            }

            page.Heading("The network").Preformatted(CharacterModel.Summary.ToString()).Save(settings["report.html"]);
        }
    }

    // The end of what was learned from, up to the last line that is whole.
    private static ReadOnlyMemory<int> Opening(ReadOnlyMemory<int> learned)
    {
        var end = learned.Span.LastIndexOf(Corpus.Vocabulary.Encode("\n")[0]);
        var lines = end < 0 ? learned : learned[..(end + 1)];
        return lines[^Math.Min(lines.Length, OpeningCharacters)..];
    }

    private static void Show((string Name, string Text)[] written)
    {
        foreach (var (name, text) in written)
        {
            AnsiConsole.Write(new Panel(Markup.Escape(text)).Header(Markup.Escape(name)).Expand());
        }
    }

    // The bits of a model that knows how often each character occurs and nothing else; one more of each, so that none is impossible.
    private static double Frequencies(ReadOnlySpan<int> learned, ReadOnlySpan<int> test)
    {
        var counts = new double[CharacterModel.Vocabulary];
        Array.Fill(counts, 1);
        foreach (var token in learned)
        {
            counts[token]++;
        }

        var bits = 0.0;
        foreach (var token in test)
        {
            bits -= Math.Log2(counts[token] / (learned.Length + counts.Length));
        }

        return bits / test.Length;
    }

    // The characters of a text but its first and the bits that each took, as a share of the strongest. A prediction begins from nothing: each
    // character is judged with half a window before it at least.
    private static List<(string Text, double Weight)> Surprises(CharacterModel net, ReadOnlySpan<int> text)
    {
        var windows = new TokenWindows { Length = CharacterModel.Length, Context = CharacterModel.Length / 2 }.Cut(text);
        var probabilities = new float[windows.Count * CharacterModel.Length * CharacterModel.Vocabulary];
        net.CreatePredictor().Predict(windows.Inputs[0].Ints, probabilities);
        var labels = windows.Labels[0].Ints;
        var characters = new List<(string, double)>();
        for (var place = 0; place < labels.Length; place++)
        {
            if (labels[place] != TokenWindows.Ignored)
            {
                characters.Add((Corpus.Vocabulary[labels[place]], -Math.Log2(probabilities[(place * CharacterModel.Vocabulary) + labels[place]]) / StrongBits));
            }
        }

        return characters;
    }
}
