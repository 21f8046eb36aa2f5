using System.Diagnostics;
using ModelGen;

namespace DigitsSample;

/// <summary>Trains the same network from the same first weights with one optimizer after another.</summary>
internal sealed class OptimizerRace(Dataset train, Dataset test)
{
    private const int Epochs = 60;
    private const int Batch = 32;
    private const int Seed = 1;

    /// <summary>Trains with full-batch gradient descent, stochastic gradient descent, and Adam.</summary>
    public LossCurve[] Run() =>
    [
        Train("gradient descent", train.Count, new GradientDescent(0.5f)),
        Train("SGD", Batch, new Sgd(0.1f)),
        Train("Adam", Batch, new Adam(0.003f)),
    ];

    private LossCurve Train(string name, int batch, Optimizer optimizer)
    {
        var model = new DigitClassifier(Seed);
        var start = Stopwatch.GetTimestamp();
        var report = model.Fit(train, options: new FitOptions
        {
            Optimizer = optimizer,
            Epochs = Epochs,
            BatchSize = Batch,
            Seed = Seed,
            RestoreBest = false,
        });
        var time = Stopwatch.GetElapsedTime(start);

        var evaluation = model.CreateTrainer(optimizer, Batch).Evaluate(test);
        return new(
            name,
            batch,
            optimizer.LearningRate,
            [.. report.Epochs.Select(epoch => (float)epoch.Loss)],
            report.Steps,
            evaluation.Accuracy!.Value,
            time);
    }
}
