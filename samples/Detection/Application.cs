using System.Globalization;
using ModelGen;
using SampleKit;

namespace DetectionSample;

/// <summary>Makes scenes, trains, tests, and draws what the network finds.</summary>
internal static class Application
{
    private const int Batch = 16;
    private const int ScenePixels = Scene.Size * Scene.Size;
    private const int Shown = 16;
    private const int Columns = 4;
    private const int Scale = 3;
    private const float ShownScore = 0.5f;

    /// <summary>Trains and reports.</summary>
    public static int Run(SampleSettings settings, CancellationToken cancellation)
    {
        var images = settings.LoadImages();
        var (learned, chosen) = images.Train.Split(0.9, seed: 1);
        var train = Load(Scenes(learned, settings.Seed, settings.Choose(1_600, 24_000)));
        var validation = Load(Scenes(chosen, settings.Seed + 1, settings.Choose(100, 400)));
        var test = Scenes(images.Test, settings.Seed + 2, settings.Choose(200, 1_000));
        Console.WriteLine(Detector.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{train.Count:N0} scenes to learn from, {validation.Count:N0} to choose by, {test.Length:N0} to test with; garments of the test scenes occur in no other.\n"));

        var net = new Detector(settings.Seed);
        var options = settings.Fitting(quick: 5, real: 10, Batch, new AdamW(0.004f) { WeightDecay = 0.02f, Schedule = new OneCycleSchedule() });
        var fit = net.Fit(train, validation, options, new EpochLines(), cancellation);
        net.Save(settings["detector.safetensors"]);

        var found = Detect(net, test);
        var precision = new MeanAveragePrecision(GarmentKind.Count);
        for (var i = 0; i < test.Length; i++)
        {
            precision.Add(found[i], [.. test[i].Boxes.Select(Boxes.Truth)]);
        }

        var sheet = Picture.Sheet([.. test.Take(Shown).Select((scene, i) => Draw(scene, found[i]))], Columns);
        PngFile.Write(settings["scenes.png"], sheet);
        new HtmlReport("A box around every garment")
            .Paragraph(string.Create(
                CultureInfo.InvariantCulture,
                $"Mean average precision at an overlap of one half: {precision.Value:F4} over {GarmentKind.Count} kinds, on {test.Length:N0} scenes; {fit.Epochs.Count} epochs in {fit.Seconds:F0} s."))
            .Image(sheet, "Scenes of the test part: what the network finds, in colour with its score; what is there, in white.")
            .Table([["kind", "average precision"], .. GarmentKind.Names.Select((name, kind) => (IReadOnlyList<string>)[name, precision.Of(kind).ToString("F4", CultureInfo.InvariantCulture)])])
            .Heading("Training").Curves(fit)
            .Heading("The network").Preformatted(Detector.Summary.ToString())
            .Save(settings["report.html"]);
        for (var kind = 0; kind < GarmentKind.Count; kind++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{GarmentKind.Names[kind],-12} {precision.Of(kind):F4}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nMean average precision {precision.Value:F4} at an overlap of one half, after {fit.Seconds:F0} s of training.\nSee {settings["report.html"]} and {settings["scenes.png"]}."));
        return fit.Divergence is null ? 0 : 1;
    }

    private static Scene[] Scenes(Dataset images, long seed, int count)
    {
        var garments = new GarmentPool(images);
        return [.. Enumerable.Range(0, count).Select(i => Scene.Create(garments, seed, i))];
    }

    private static Dataset Load(Scene[] scenes) => new(
        [DatasetColumn.FromFloats(scenes.SelectMany(scene => scene.Pixels).ToArray(), ScenePixels)], [Boxes.Label(scenes)]);

    private static DetectedBox[][] Detect(Detector net, Scene[] scenes)
    {
        var predictor = net.CreatePredictor();
        var prediction = new float[Detector.Channels * Detector.Cells];
        return [.. scenes.Select(scene =>
        {
            predictor.Predict(scene.Pixels, prediction);
            return Boxes.Find(prediction);
        })];
    }

    private static Picture Draw(Scene scene, DetectedBox[] found)
    {
        var picture = Picture.FromGrey(scene.Pixels, Scene.Size, Scale);
        foreach (var box in scene.Boxes)
        {
            picture.Outline(box.X * Scale, box.Y * Scale, box.Width * Scale, box.Height * Scale, Rgb.White);
        }

        foreach (var box in found.Where(box => box.Score >= ShownScore))
        {
            var color = Rgb.Palette[box.Class + 1];
            var (x, y) = ((int)(box.Left * Scene.Size * Scale), (int)(box.Top * Scene.Size * Scale));
            picture.Outline(x, y, (int)(box.Width * Scene.Size * Scale), (int)(box.Height * Scene.Size * Scale), color);
            picture.Fill(x, y, 4 * (GarmentKind.Names[box.Class].Length + 3), PixelFont.Height + 2, Rgb.Black);
            picture.Write(string.Create(CultureInfo.InvariantCulture, $"{GarmentKind.Names[box.Class]} {100 * box.Score:F0}"), x + 1, y + 1, color);
        }

        return picture;
    }
}
