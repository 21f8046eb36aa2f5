using System.Globalization;
using ModelGen;
using SampleKit;

namespace VideoSample;

/// <summary>Trains both networks on the same films, tests them, and shows what they say.</summary>
internal static class Application
{
    private const int Batch = 32;
    private const int Shown = 8;
    private const int Scale = 2;

    /// <summary>Trains and reports.</summary>
    public static int Run(SampleSettings settings, CancellationToken cancellation)
    {
        var images = settings.LoadImages();
        var (learned, chosen) = images.Train.Split(0.9, seed: 1);
        var train = Films.Create(learned, settings.Seed, settings.Choose(2_000, 8_000));
        var validation = Films.Create(chosen, settings.Seed + 1, settings.Choose(250, 1_000));
        var test = Films.Create(images.Test, settings.Seed + 2, settings.Choose(500, 2_000));
        Console.WriteLine(MotionNet.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{train.Whole.Count:N0} films of {MovingGarment.Frames} frames to learn from, {validation.Whole.Count:N0} to choose by, {test.Whole.Count:N0} to test with; garments of the test films occur in no other.\n"));

        var epochs = settings.Epochs ?? settings.Choose(4, 8);
        Console.WriteLine("All eight frames, 3D convolutions:");
        var film = new MotionNet(settings.Seed);
        var filmFit = Fit(film, train.Whole, validation.Whole);
        var filmTest = film.CreateTrainer(new Adam(), Batch, settings.Threads).Evaluate(test.Whole);
        film.Save(settings["motion.safetensors"]);

        Console.WriteLine("The middle frame alone, 2D convolutions:");
        var frame = new FrameNet(settings.Seed);
        var frameFit = Fit(frame, train.Middle, validation.Middle);
        var frameTest = frame.CreateTrainer(new Adam(), Batch, settings.Threads).Evaluate(test.Middle);

        Report(film);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nTest accuracy with eight frames {100 * filmTest.Accuracy:F2} %, with one {100 * frameTest.Accuracy:F2} % (by chance {100.0 / MovingGarment.Motions.Count:F1} %), in {filmFit.Seconds + frameFit.Seconds:F0} s.\nSee {settings["report.html"]} and {settings["films.png"]}."));
        return filmFit.Divergence is null && frameFit.Divergence is null ? 0 : 1;

        FitReport Fit<TModel>(TModel model, Dataset data, Dataset choice)
            where TModel : IModel<TModel> => model.Fit(
                data,
                choice,
                new FitOptions
                {
                    Epochs = epochs,
                    BatchSize = Batch,
                    Threads = settings.Threads,
                    Seed = settings.Seed,
                    Optimizer = new AdamW(0.003f) { WeightDecay = 0.05f, Schedule = new OneCycleSchedule() },
                    Monitor = FitMonitor.Accuracy,
                },
                new EpochLines(),
                cancellation);

        void Report(MotionNet model)
        {
            var sheet = Sheet(model, test.Whole);
            PngFile.Write(settings["films.png"], sheet);
            new HtmlReport("Which way does it move?")
                .Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Test accuracy on {test.Whole.Count:N0} films: {100 * filmTest.Accuracy:F2} % with all eight frames, {100 * frameTest.Accuracy:F2} % with the middle frame alone."))
                .Image(sheet, "Films of the test part, a row each: the eight frames, then what is so and what the network says.")
                .Heading("Eight frames").Curves(filmFit).Preformatted(MotionNet.Summary.ToString()).Preformatted($"{filmTest.Confusion}")
                .Heading("One frame").Curves(frameFit).Preformatted(FrameNet.Summary.ToString()).Preformatted($"{frameTest.Confusion}")
                .Save(settings["report.html"]);
        }
    }

    // A row for each film, its frames from left to right.
    private static Picture Sheet(MotionNet model, Dataset films)
    {
        var predictor = model.CreatePredictor();
        var probabilities = new float[MovingGarment.Motions.Count];
        var rows = new List<Picture>();
        for (var i = 0; i < Shown; i++)
        {
            var film = films.Inputs[0].Floats.Slice(i * films.Inputs[0].Elements, films.Inputs[0].Elements);
            predictor.Predict(film, probabilities);
            var (truth, said) = (films.Labels[0].Ints[i], TokenSampler.Greedy(probabilities));
            var frames = new List<Picture>();
            for (var frame = 0; frame < MovingGarment.Frames; frame++)
            {
                frames.Add(Picture.FromGrey(film.Slice(frame * MovingGarment.FramePixels, MovingGarment.FramePixels), MovingGarment.Size, Scale));
            }

            rows.Add(Picture.Sheet(frames, MovingGarment.Frames).WithCaption(
                $"it moves {MovingGarment.Motions[truth]} - the network says {MovingGarment.Motions[said]}", truth == said ? new Rgb(110, 220, 120) : new Rgb(250, 90, 80)));
        }

        return Picture.Sheet(rows, columns: 1);
    }
}
