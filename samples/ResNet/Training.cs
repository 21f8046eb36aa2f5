using System.Diagnostics;
using System.Globalization;
using ModelGen;
using SampleKit;

namespace ResNetSample;

/// <summary>Trains step by step, each on images that were never quite so before.</summary>
/// <param name="Losses">The mean training loss of each epoch.</param>
/// <param name="Accuracies">The validation accuracy after each.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record Training(IReadOnlyList<double> Losses, IReadOnlyList<double> Accuracies, double Seconds)
{
    private const int Batch = 128;

    /// <summary>Trains a network in place.</summary>
    public static Training Run(ResNet20 net, Dataset train, Dataset validation, int epochs, SampleSettings settings, CancellationToken cancellation)
    {
        // The learning rate rises and falls once over all steps (L. Smith and N. Topin, "Super-convergence", 2018).
        var optimizer = new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 5e-4f, Schedule = new OneCycleSchedule((long)epochs * (train.Count / Batch)) };
        var trainer = net.CreateTrainer(optimizer, Batch, settings.Threads);
        var pixels = new float[Batch * FashionImages.Pixels];
        var labels = new int[Batch];
        var order = new int[train.Count];
        var random = new SeededRandom(settings.Seed);
        var losses = new List<double>();
        var accuracies = new List<double>();
        var clock = Stopwatch.StartNew();
        for (var epoch = 1; epoch <= epochs && !cancellation.IsCancellationRequested; epoch++)
        {
            train.FillShuffledOrder(order, random);
            var batches = new MiniBatches(order, Batch, dropLast: true);
            var loss = 0.0;
            foreach (var rows in batches)
            {
                Augmentation.Fill(train, rows, random, pixels, labels);
                loss += trainer.Step(pixels, labels);
                if (cancellation.IsCancellationRequested)
                {
                    break;
                }
            }

            losses.Add(loss / batches.Count);
            accuracies.Add(trainer.Evaluate(validation).Accuracy!.Value);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"epoch {epoch,3}  loss {losses[^1]:F4}  validation accuracy {100 * accuracies[^1],5:F2} %  {(double)epoch * batches.Count * Batch / clock.Elapsed.TotalSeconds:N0} images/s  {clock.Elapsed / epoch * (epochs - epoch):m\\:ss} left"));
        }

        return new(losses, accuracies, clock.Elapsed.TotalSeconds);
    }
}
