using ModelGen.Reference.Oracles;
using ModelGen.Tests.Oracles;
using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Compiled models against PyTorch itself: predictions, losses, gradients and statistics of the golden files.</summary>
[Trait("Category", "Numeric")]
public sealed class GoldenModelTests
{
    private static readonly string[] s_groups = ["convolutions", "pools", "activations", "normalisations", "losses", "networks", "sequences"];

    private static readonly Dictionary<string, Golden> s_goldens =
        s_groups.SelectMany(Golden.Read).ToDictionary(golden => golden.Name);

    private static readonly ModelGroup s_models = new(s_goldens.Values.Select(golden => golden.Layers));

    public static TheoryData<string> Names => [.. s_goldens.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreeWithPyTorch(string name)
    {
        var golden = s_goldens[name];
        var model = s_models[golden.Layers];
        var oracle = Oracle.For(model.ModelType);
        var report = new NumericReport(golden.Layers);
        new ModelData(model).Reset(model);

        model.CreatePredictor();
        var trainer = model.CreateTrainer(new GradientDescent(0.1f), golden.Samples, threads: 1);
        int[]?[]? lengths = golden.Lengths is null ? null : [golden.Lengths];
        NumericData[] labels = [.. HashedNumbers.Labels(oracle, golden.Samples, golden.Ignored, lengths).Select(rows => new NumericData(rows))];
        for (var number = 0; number < golden.Steps.Length; number++)
        {
            var step = golden.Steps[number];
            var batch = new OracleBatch(HashedNumbers.Inputs(oracle, golden.Samples, number), [], lengths);
            NumericData[] inputs = [.. batch.Arguments.Select(rows => new NumericData(rows))];
            float[][] outputs = [new float[step.Prediction.Length]];
            if (number == 0 || !golden.Layers.Contains("Stateful", StringComparison.Ordinal))
            {
                // Predictions begin from zero.
                model.Predict(inputs, outputs);
                report.Compare("prediction", outputs[0], step.Prediction, Tolerance.Products);
            }

            if (step.Mode == "evaluate")
            {
                report.Compare("evaluated loss", [(float)model.Evaluate(inputs, labels).Loss], [step.Loss], Tolerance.Products);
                continue;
            }

            report.Compare("loss", [model.ComputeGradients(inputs, labels)], [step.Loss], Tolerance.Products);
            foreach (var (parameter, gradient) in step.Gradients)
            {
                var found = trainer.Gradients[parameter].Values.ToArray().Where((_, i) => i % golden.Sampling == 0).ToArray();
                report.Compare("gradient of " + parameter, found, gradient, Tolerance.Gradients);
            }

            foreach (var (statistic, values) in step.Statistics)
            {
                report.Compare(statistic, model.Parameters[statistic].Values, values, Tolerance.Products);
            }
        }

        Assert.True(report.IsEmpty, report.ToString());
    }
}
