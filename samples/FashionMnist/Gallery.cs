using System.Globalization;
using ModelGen;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FashionMnistSample;

/// <summary>A few test images with what the network says of them: some at the beginning, and its most confident errors.</summary>
internal sealed class Gallery(IAnsiConsole console, TrainingResult result)
{
    private const int FirstImages = 3;
    private const int Errors = 3;
    private const int Gap = 2;

    private readonly Dataset _test = result.Data.Test;
    private readonly int _classes = result.Data.ClassNames.Count;
    private readonly float[] _probabilities = new float[result.Data.Test.Count * result.Data.ClassNames.Count];

    /// <summary>Draws the images, as many beside each other as there is room for.</summary>
    public void Show()
    {
        result.Classify(_test.Inputs[0].Floats, _probabilities);
        var errors = Enumerable.Range(0, _test.Count)
            .Where(image => !IsRight(image))
            .OrderByDescending(image => Probabilities(image)[Guess(image)])
            .Take(Errors);

        var perRow = Math.Clamp(console.Profile.Width / (FashionData.Size + Gap), 1, FirstImages);
        foreach (var row in Enumerable.Range(0, Math.Min(FirstImages, _test.Count)).Concat(errors).Chunk(perRow))
        {
            var grid = new Grid();
            foreach (var _ in row)
            {
                grid.AddColumn(new GridColumn().NoWrap().Width(FashionData.Size).Padding(0, 0, Gap, 0));
            }

            grid.AddRow([.. row.Select(Picture)]);
            grid.AddRow([.. row.Select(Caption)]);
            console.Write(grid);
            console.WriteLine();
        }
    }

    private IRenderable Picture(int image) =>
        GreyPicture.Render(_test.Inputs[0].Floats.Slice(image * FashionData.Pixels, FashionData.Pixels), FashionData.Size, console.HasColors());

    private IRenderable Caption(int image)
    {
        var names = result.Data.ClassNames;
        var guess = Guess(image);
        var verdict = IsRight(image) ? "[green]rightly[/]" : $"[red]but it is: {Markup.Escape(names[Label(image)])}[/]";
        return new Markup(string.Create(
            CultureInfo.InvariantCulture, $"{Markup.Escape(names[guess])}, {100 * Probabilities(image)[guess]:F0} % sure\n{verdict}"));
    }

    private int Label(int image) => _test.Labels[0].Ints[image];

    private bool IsRight(int image) => Guess(image) == Label(image);

    private int Guess(int image)
    {
        var probabilities = Probabilities(image);
        var guess = 0;
        for (var i = 1; i < _classes; i++)
        {
            guess = probabilities[i] > probabilities[guess] ? i : guess;
        }

        return guess;
    }

    private ReadOnlySpan<float> Probabilities(int image) => _probabilities.AsSpan(image * _classes, _classes);
}
