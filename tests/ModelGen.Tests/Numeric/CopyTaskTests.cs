using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>
/// What recurrent networks are for: a symbol, a hundred distractions that say nothing of it, and the question which symbol it
/// was. The gradient of a simple network vanishes on the way back; those of LSTM and GRU arrive.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class CopyTaskTests
{
    private const int Symbols = 8;
    private const int Lag = 100;
    private const int Length = Lag + 1;
    private const int Units = 32;
    private const int Batch = 64;
    private const int MostUpdates = 3_000;

    private static readonly ModelGroup s_models = new(new[] { "SimpleRNN", "LSTM", "GRU" }.Select(Layers));

    [Fact]
    public void SimpleRnnLosesTheSymbol()
    {
        var model = s_models[Layers("SimpleRNN")];
        var (accuracy, norms) = Train(model, model.CreateTrainer(new Adam(0.003f) { ClipNorm = 1 }, Batch, threads: 2), updates: 300);
        Assert.InRange(accuracy, 0, 0.2);
        Assert.True(norms[0] < 1e-6 * norms[Lag], $"The gradient is {norms[0]} after the symbol and {norms[Lag]} at the question.");
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    public void GatesKeepTheSymbol(string kind)
    {
        var model = s_models[Layers(kind)];
        RememberLong(model, kind);
        var (accuracy, norms) = Train(model, model.CreateTrainer(new Adam(0.003f) { ClipNorm = 1 }, Batch, threads: 2), MostUpdates);
        Assert.InRange(accuracy, 0.99, 1);
        Assert.True(norms[0] > 1e-4 * norms[Lag], $"The gradient is {norms[0]} after the symbol and {norms[Lag]} at the question.");
    }

    private static string Layers(string kind) =>
        $"Model(GradientNorms = true), Tokens({Length}, Vocabulary = {Symbols + 2}), Embedding(8), {kind}({Units}), Last, Dense({Symbols}), SoftmaxCrossEntropy";

    /// <summary>Biases by which units keep their state for one to <see cref="Lag"/> steps: Tallec and Ollivier, ICLR 2018.</summary>
    private static void RememberLong(CompiledModel model, string kind)
    {
        var layer = kind.ToLowerInvariant() + "_1.";
        var input = model.Parameters[layer + "bias_ih_l0"].Values;
        var recurrent = model.Parameters[layer + "bias_hh_l0"].Values;
        var random = new SeededRandom(7);
        for (var unit = 0; unit < Units; unit++)
        {
            // The forget gate of an LSTM and the update gate of a GRU are the second; an LSTM's input gate is the first.
            var keep = MathF.Log(1 + (random.NextSingle() * (Lag - 1)));
            (input[Units + unit], recurrent[Units + unit]) = (keep, 0);
            if (kind == "LSTM")
            {
                (input[unit], recurrent[unit]) = (-keep, 0);
            }
        }
    }

    /// <summary>The accuracy on samples that were not trained on, and the norms of the gradients of the untrained network.</summary>
    private static (double Accuracy, float[] Norms) Train(CompiledModel model, Trainer trainer, int updates)
    {
        var (train, test) = (Create(1, 8_192), Create(2, 512));
        var order = new int[train.Count];
        train.FillOrder(order);
        trainer.ComputeGradients(train, order.AsSpan(0, Batch));
        var norms = trainer.StateGradients[0].Norms.ToArray();
        var accuracy = 0.0;
        for (var update = 0; update < updates && accuracy < 0.999; update += 100)
        {
            for (var i = update; i < update + 100; i++)
            {
                trainer.Step(train, order.AsSpan(i * Batch % order.Length, Batch));
            }

            accuracy = trainer.Evaluate(test).Accuracy!.Value;
        }

        return (accuracy, norms);
    }

    private static Dataset Create(int seed, int count)
    {
        var random = new SeededRandom(seed);
        var tokens = new int[count * Length];
        var labels = new int[count];
        for (var sample = 0; sample < count; sample++)
        {
            tokens[sample * Length] = labels[sample] = random.NextInt(Symbols);
            for (var step = 1; step < Length; step++)
            {
                tokens[(sample * Length) + step] = Symbols + random.NextInt(2);
            }
        }

        return new Dataset([DatasetColumn.FromInts(tokens, Length)], [DatasetColumn.FromInts(labels)]);
    }
}
