using System.Diagnostics;
using System.Globalization;
using EmbeddedSample;
using ModelGen;

// usage: Embedded [IMAGE.pgm [--learn CLASS]]
// Says what is on a grey picture of 28×28 pixels; with --learn it first makes one training step on it, as a device would
// that is told the right answer.
string[] names = ["T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];
try
{
    var isLearning = args.Length == 3 && args[1] == "--learn" && int.TryParse(args[2], out var known) && known >= 0 && known < names.Length;
    if (args.Length > 1 && !isLearning)
    {
        Console.Error.WriteLine("usage: Embedded [IMAGE.pgm [--learn CLASS]], a class from 0 to 9");
        return 2;
    }

    var folder = Path.Combine(AppContext.BaseDirectory, "Data");
    var image = GreyImage.Read(args.Length > 0 ? args[0] : Path.Combine(folder, "ankle-boot.pgm"));
    if (image is not { Width: 28, Height: 28 })
    {
        Console.Error.WriteLine($"{args[0]}: {image.Width}×{image.Height} pixels; expected 28×28.");
        return 1;
    }

    var net = LeNet5.Load(Path.Combine(folder, "lenet.safetensors"));
    if (isLearning)
    {
        var loss = net.CreateTrainer(new Adam(1e-4f), batch: 1).Step(image.Pixels, [int.Parse(args[2], CultureInfo.InvariantCulture)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"learned; loss before {loss:F3}, {SinceStart():F1} ms since the process started"));
    }

    var predictor = net.CreatePredictor();
    var probabilities = new float[names.Length];
    predictor.Predict(image.Pixels, probabilities);
    var best = Array.IndexOf(probabilities, probabilities.Max());
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{names[best]} {probabilities[best]:P1}; {SinceStart():F1} ms since the process started"));

    // The same again, now that everything is in the caches.
    const int Repeats = 1000;
    var start = Stopwatch.GetTimestamp();
    for (var i = 0; i < Repeats; i++)
    {
        predictor.Predict(image.Pixels, probabilities);
    }

    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalMicroseconds / Repeats:F1} µs a prediction"));
    return 0;
}
catch (Exception error) when (error is IOException or InvalidDataException or ModelFormatException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

// The clock of the operating system's start times has steps of ten milliseconds: read it as that.
static double SinceStart() => (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
