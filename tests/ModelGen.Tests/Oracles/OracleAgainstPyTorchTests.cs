using ModelGen.Reference.Oracles;
using Xunit;

namespace ModelGen.Tests.Oracles;

/// <summary>The oracle computes what PyTorch computes, to the digits that the golden files hold.</summary>
public sealed class OracleAgainstPyTorchTests
{
    [Theory]
    [InlineData("convolutions")]
    [InlineData("pools")]
    [InlineData("activations")]
    [InlineData("normalisations")]
    [InlineData("losses")]
    [InlineData("networks")]
    [InlineData("sequences")]
    public void Agrees(string group)
    {
        var goldens = Golden.Read(group);
        var oracles = OracleModels.For([.. goldens.Select(golden => golden.Layers)]);
        foreach (var (golden, oracle) in goldens.Zip(oracles))
        {
            Compare(golden, oracle);
        }
    }

    private static void Compare(Golden golden, Oracle oracle)
    {
        var parameters = HashedNumbers.Parameters(oracle);
        int[]?[]? lengths = golden.Lengths is null ? null : [golden.Lengths];
        IReadOnlyDictionary<string, double[][]>? states = null;
        for (var number = 0; number < golden.Steps.Length; number++)
        {
            var step = golden.Steps[number];
            var batch = new OracleBatch(
                HashedNumbers.Inputs(oracle, golden.Samples, number), HashedNumbers.Labels(oracle, golden.Samples, golden.Ignored, lengths), lengths, states);
            var mode = step.Mode == "train" ? OracleMode.Train : OracleMode.Evaluate;
            Same("prediction", step.Prediction, oracle.Predict(batch, parameters)[0].SelectMany(row => row));

            var result = oracle.Gradients(batch, parameters, mode);
            Same("loss", [step.Loss], result.Losses);
            Same("output", step.Output, result.Outputs[0].SelectMany(row => row));
            if (oracle.Inputs[0].Vocabulary == 0)
            {
                Same("input gradient", step.InputGradient, Sampled(result.InputGradients[0].SelectMany(row => row)));
            }

            foreach (var (layer, state) in step.States ?? [])
            {
                Same("state of " + layer, state, result.States[layer].SelectMany(row => row));
            }

            states = result.States;
            Assert.Equal(step.Gradients.Keys.Order(), result.Gradients.Keys.Order());
            foreach (var (name, gradient) in step.Gradients)
            {
                Same("gradient of " + name, gradient, Sampled(result.Gradients[name]));
            }

            foreach (var (name, statistic) in result.Statistics)
            {
                parameters[name] = statistic;
            }

            foreach (var (name, statistic) in step.Statistics)
            {
                Same(name, statistic, parameters[name]);
            }
        }

        if (mayEvaluate())
        {
            var batch = new OracleBatch(HashedNumbers.Inputs(oracle, golden.Samples), HashedNumbers.Labels(oracle, golden.Samples, golden.Ignored, lengths), lengths);
            Same("evaluated loss", [golden.Steps[0].Loss], oracle.Evaluate(batch, parameters));
        }

        bool mayEvaluate() => golden.Steps[0].Statistics.Count == 0;

        IEnumerable<double> Sampled(IEnumerable<double> elements) => elements.Where((_, i) => i % golden.Sampling == 0);

        void Same(string what, double[] expected, IEnumerable<double> found)
        {
            var elements = found.ToArray();
            Assert.True(expected.Length == elements.Length, $"{golden.Name}: {what} has {elements.Length} elements, PyTorch {expected.Length}.");
            for (var i = 0; i < elements.Length; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - elements[i]) <= 1e-10 + (1e-9 * Math.Abs(expected[i])),
                    $"{golden.Name}: {what}[{i}] is {elements[i]:R}, PyTorch says {expected[i]:R}.\n{golden.Layers}");
            }
        }
    }
}
