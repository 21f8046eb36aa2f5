using System.Globalization;
using ModelGen;
using SampleKit;

namespace SegmentationSample;

/// <summary>Makes scenes, trains, tests, and paints what the network sees.</summary>
internal static class Application
{
    private const int Batch = 16;
    private const int Classes = GarmentKind.Count + 1;
    private const int ScenePixels = Scene.Size * Scene.Size;
    private const int Shown = 12;
    private const int Scale = 2;

    private static readonly string[] s_names = ["Background", .. GarmentKind.Names];

    /// <summary>Trains and reports.</summary>
    public static int Run(SampleSettings settings, CancellationToken cancellation)
    {
        var images = settings.LoadImages();
        var (learned, chosen) = images.Train.Split(0.9, seed: 1);
        var train = Scenes(learned, settings.Seed, settings.Choose(800, 24_000));
        var validation = Scenes(chosen, settings.Seed + 1, settings.Choose(100, 400));
        var test = Scenes(images.Test, settings.Seed + 2, settings.Choose(200, 1_000));
        Console.WriteLine(UNet.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{train.Count:N0} scenes to learn from, {validation.Count:N0} to choose by, {test.Count:N0} to test with; garments of the test scenes occur in no other.\n"));

        var net = new UNet(settings.Seed);
        var options = settings.Fitting(quick: 4, real: 10, Batch, new AdamW(0.004f) { WeightDecay = 0.05f, Schedule = new OneCycleSchedule() }) with { Monitor = FitMonitor.Accuracy };
        var fit = net.Fit(train, validation, options, new EpochLines(), cancellation);
        var result = net.CreateTrainer(new Adam(), Batch, settings.Threads).Evaluate(test);
        net.Save(settings["unet.safetensors"]);

        var confusion = result.Confusion!;
        var unions = Enumerable.Range(0, Classes).Select(confusion.IntersectionOverUnion).ToArray();
        var sheet = Sheet(net, test);
        PngFile.Write(settings["scenes.png"], sheet);
        new HtmlReport("A class at every pixel")
            .Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"Mean intersection over union {confusion.MeanIntersectionOverUnion:F4} over {Classes} classes, {100 * result.Accuracy:F2} % of the pixels right, on {test.Count:N0} scenes; {fit.Epochs.Count} epochs in {fit.Seconds:F0} s."))
            .Image(sheet, "Scenes of the test part: what the network gets, what is so, what the network says.")
            .Table([["class", "intersection over union"], .. s_names.Zip(unions, (name, union) => (IReadOnlyList<string>)[name, union.ToString("F4", CultureInfo.InvariantCulture)])])
            .Heading("Training").Curves(fit)
            .Heading("The network").Preformatted(UNet.Summary.ToString())
            .Save(settings["report.html"]);
        for (var kind = 0; kind < Classes; kind++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s_names[kind],-12} {unions[kind]:F4}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nMean intersection over union {confusion.MeanIntersectionOverUnion:F4}, {100 * result.Accuracy:F2} % of the pixels right, after {fit.Seconds:F0} s of training.\nSee {settings["report.html"]} and {settings["scenes.png"]}."));
        return fit.Divergence is null ? 0 : 1;
    }

    private static Dataset Scenes(Dataset images, long seed, int count)
    {
        var garments = new GarmentPool(images);
        var pixels = new float[checked(count * ScenePixels)];
        var labels = new int[pixels.Length];
        for (var i = 0; i < count; i++)
        {
            var scene = Scene.Create(garments, seed, i);
            scene.Pixels.CopyTo(pixels, i * ScenePixels);
            scene.Labels.CopyTo(labels, i * ScenePixels);
        }

        return new([DatasetColumn.FromFloats(pixels, ScenePixels)], [DatasetColumn.FromInts(labels, ScenePixels)]);
    }

    private static Picture Sheet(UNet net, Dataset scenes)
    {
        var predictor = net.CreatePredictor();
        var probabilities = new float[Classes * ScenePixels];
        var rows = new List<Picture>();
        for (var i = 0; i < Math.Min(Shown, scenes.Count); i++)
        {
            var pixels = scenes.Inputs[0].Floats.Slice(i * ScenePixels, ScenePixels);
            predictor.Predict(pixels, probabilities);
            var seen = new int[ScenePixels];
            for (var at = 0; at < seen.Length; at++)
            {
                for (var kind = 1; kind < Classes; kind++)
                {
                    seen[at] = probabilities[(kind * ScenePixels) + at] > probabilities[(seen[at] * ScenePixels) + at] ? kind : seen[at];
                }
            }

            rows.Add(Picture.Sheet(
                [Picture.FromGrey(pixels, Scene.Size, Scale), Paint(pixels, scenes.Labels[0].Ints.Slice(i * ScenePixels, ScenePixels)), Paint(pixels, seen)], columns: 3, gap: 2));
        }

        var sheet = Picture.Sheet(rows, columns: 2);
        var legend = new Picture(sheet.Width, PixelFont.Height + 4);
        for (var kind = 1; kind < Classes; kind++)
        {
            legend.Write(s_names[kind], 4 + ((kind - 1) * 60), 2, Rgb.Palette[kind]);
        }

        return Picture.Stack(sheet, legend);
    }

    private static Picture Paint(ReadOnlySpan<float> pixels, ReadOnlySpan<int> kinds)
    {
        var picture = new Picture(Scene.Size * Scale, Scene.Size * Scale);
        for (var at = 0; at < ScenePixels; at++)
        {
            var color = kinds[at] == 0 ? Rgb.Grey(pixels[at]).Mix(Rgb.Black, 0.6f) : Rgb.Palette[kinds[at]].Mix(Rgb.Grey(pixels[at]), 0.35f);
            picture.Fill(at % Scene.Size * Scale, at / Scene.Size * Scale, Scale, Scale, color);
        }

        return picture;
    }
}
