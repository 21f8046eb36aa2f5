using System.Diagnostics;
using System.Globalization;
using ModelGen;

namespace CopyTaskSample;

/// <summary>Trains one network after the other on the same samples.</summary>
internal sealed class Experiment(int seed, int threads, int updates, CancellationToken cancellation)
{
    private const int Batch = 64;
    private const int BetweenTests = 100;

    /// <summary>From here on nothing is left to learn.</summary>
    private const double Solved = 0.999;

    private readonly Dataset _train = CopyData.Create(seed, 16_384);
    private readonly Dataset _test = CopyData.Create(seed + 1, 1_024);

    /// <summary>Trains a network and measures how its gradients flow back through time.</summary>
    /// <param name="name">The kind of its recurrent layer.</param>
    /// <param name="model">The network.</param>
    public Memory Run<TModel>(string name, TModel model)
        where TModel : IModel<TModel>
    {
        var start = Stopwatch.GetTimestamp();
        var trainer = model.CreateTrainer(new Adam(0.003f) { ClipNorm = 1 }, Batch, threads);
        var order = new int[_train.Count];
        _train.FillShuffledOrder(order, new SeededRandom(seed));
        var before = Measure();
        var accuracy = new List<double>();
        var update = 0;
        while (update < updates && !cancellation.IsCancellationRequested && accuracy.LastOrDefault() < Solved)
        {
            var loss = 0f;
            for (var i = 0; i < BetweenTests; i++, update++)
            {
                loss = trainer.Step(_train, order.AsSpan(update * Batch % order.Length, Batch));
            }

            accuracy.Add(trainer.Evaluate(_test).Accuracy!.Value);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-9} {update,5} updates: loss {loss:F3}, test accuracy {100 * accuracy[^1]:F1} %"));
        }

        return new Memory(name, before, Measure(), accuracy, update, Stopwatch.GetElapsedTime(start).TotalSeconds);

        float[] Measure()
        {
            trainer.ComputeGradients(_test, order.Take(Batch).Select(row => row % _test.Count).ToArray());
            return trainer.StateGradients[0].Norms.ToArray();
        }
    }
}
