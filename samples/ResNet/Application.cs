using System.Globalization;
using ModelGen;
using SampleKit;

namespace ResNetSample;

/// <summary>Trains, tests, and shows where the network errs.</summary>
internal static class Application
{
    private const int TestBatch = 250;
    private const int Shown = 40;
    private const int Columns = 10;
    private const int Scale = 3;

    /// <summary>Trains and reports.</summary>
    public static int Run(SampleSettings settings, CancellationToken cancellation)
    {
        var images = settings.LoadImages();
        var (learned, chosen) = images.Train.Split(0.98, seed: 1);
        if (settings.Quick)
        {
            learned = learned.Take(5_120);
        }

        // Brightness to mean 0 and deviation 1, as the training images have it.
        var scaling = Normalization.Standard(learned.Inputs[0], features: 1);
        var (train, validation, test) = (scaling.Apply(learned), scaling.Apply(chosen), scaling.Apply(images.Test));
        Console.WriteLine(ResNet20.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"\n{train.Count:N0} images to learn from, {validation.Count:N0} to watch, {test.Count:N0} to test with.\n"));

        var net = new ResNet20(settings.Seed);
        var training = Training.Run(net, train, validation, settings.Epochs ?? settings.Choose(4, 10), settings, cancellation);
        var result = net.CreateTrainer(new Sgd(0.1f), TestBatch, settings.Threads).Evaluate(test);
        net.Save(settings["resnet20.safetensors"]);

        var (errors, caption) = Errors(net, test, images.Test);
        PngFile.Write(settings["errors.png"], errors);
        new HtmlReport("ResNet-20 on Fashion-MNIST")
            .Paragraph(string.Create(CultureInfo.InvariantCulture, $"Test accuracy {100 * result.Accuracy:F2} % on {test.Count:N0} images, {training.Losses.Count} epochs in {training.Seconds:F0} s."))
            .Chart("epochs", new Curve("training loss", training.Losses))
            .Chart("epochs", new Curve("validation accuracy", training.Accuracies))
            .Image(errors, caption)
            .Heading("What was taken for what").Table(Confusion(result.Confusion!))
            .Heading("The network").Preformatted(ResNet20.Summary.ToString())
            .Save(settings["report.html"]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nTest accuracy {100 * result.Accuracy:F2} % on {test.Count:N0} images, after {training.Seconds:F0} s of training.\nSee {settings["report.html"]} and {settings["errors.png"]}."));
        return 0;
    }

    // The errors it was surest of, and the first ones it got right.
    private static (Picture Picture, string Caption) Errors(ResNet20 net, Dataset scaled, Dataset images)
    {
        var probabilities = new float[images.Count * FashionImages.Classes];
        net.CreatePredictor().Predict(scaled.Inputs[0].Floats, probabilities);
        var guesses = Enumerable.Range(0, images.Count)
            .Select(image => (Image: image, Label: images.Labels[0].Ints[image], Guess: TokenSampler.Greedy(Of(image))))
            .ToArray();
        var shown = guesses.Where(guess => guess.Guess != guess.Label).OrderByDescending(guess => Of(guess.Image)[guess.Guess]).Take(Shown)
            .Concat(guesses.Where(guess => guess.Guess == guess.Label).Take(Columns))
            .Select(guess => Picture
                .FromGrey(images.Inputs[0].Floats.Slice(guess.Image * FashionImages.Pixels, FashionImages.Pixels), FashionImages.Size, Scale)
                .WithCaption(FashionImages.ClassNames[guess.Guess], guess.Guess == guess.Label ? new Rgb(110, 220, 120) : new Rgb(250, 90, 80))
                .WithCaption(guess.Guess == guess.Label ? "rightly" : $"is {FashionImages.ClassNames[guess.Label]}", new Rgb(170, 170, 170)))
            .ToArray();
        return (Picture.Sheet(shown, Columns), "The errors that the network is surest of, with what it says and what is so; in the last row what it gets right.");

        ReadOnlySpan<float> Of(int image) => probabilities.AsSpan(image * FashionImages.Classes, FashionImages.Classes);
    }

    private static IEnumerable<IReadOnlyList<string>> Confusion(ConfusionMatrix confusion)
    {
        yield return ["is \\ taken for", .. FashionImages.ClassNames];
        for (var label = 0; label < confusion.Classes; label++)
        {
            yield return [FashionImages.ClassNames[label], .. Enumerable.Range(0, confusion.Classes).Select(guess => $"{confusion[label, guess]}")];
        }
    }
}
