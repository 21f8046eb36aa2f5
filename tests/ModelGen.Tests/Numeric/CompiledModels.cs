using System.Text;
using ModelGen.Generator;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;

namespace ModelGen.Tests.Numeric;

/// <summary>Compiles many models at once, with the generator, and makes each of them callable.</summary>
internal static class CompiledModels
{
    /// <summary>A callable model for each list of attributes, all in one assembly; made when first asked for.</summary>
    /// <exception cref="InvalidOperationException">A model or its generated code does not compile.</exception>
    public static Lazy<CompiledModel>[] Load(IReadOnlyList<string> layers)
    {
        var signatures = Interpretation.NetworkModels.Signatures(layers);
        var source = new StringBuilder();
        for (var i = 0; i < layers.Count; i++)
        {
            source.Append(SourceOf(layers[i], signatures[i], i));
        }

        var assembly = SourceCompilation.Load("using System;\nusing ModelGen;\nusing ModelGen.Tests.Numeric;\n" + source, new ModelGenerator());
        return
        [
            .. layers.Select((text, i) => new Lazy<CompiledModel>(
                () => (CompiledModel)Activator.CreateInstance(assembly.GetType($"Adapter{i}", throwOnError: true)!, text)!)),
        ];
    }

    /// <summary>The model class and, beside it, the class that makes it callable.</summary>
    private static string SourceOf(string layers, ModelSignature signature, int number)
    {
        var inputs = Arguments("inputs", signature.Inputs.Count);
        var losses = signature.Labels.Count;
        var outputs = string.Join(", ", Enumerable.Range(0, signature.Outputs.Count).Select(output => $"outputs[{output}].AsSpan()"));
        var labels = signature.Labels.Select((label, i) => label.Kind switch
        {
            LabelKind.Transcripts => $"labels[{i}], labels[{i}].Counts",
            LabelKind.Boxes => $"labels[{i}], labels[{i}].Boxes",
            _ => $"labels[{i}]",
        });
        var data = inputs + ", " + string.Join(", ", labels);
        var model = "Model" + number;
        return $$"""
            [{{ModelText.Attributes(layers)}}]
            public partial class {{model}};

            public sealed class Adapter{{number}} : CompiledModel
            {
                private readonly {{model}} _model = new(seed: 1);
                private {{model}}.Predictor? _predictor;
                {{(losses > 0 ? $"private {model}.Trainer? _trainer;" : "")}}
                [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
                public Adapter{{number}}(string layers) => Layers = layers;
                public override Type ModelType => typeof({{model}});
                public override ParameterSet Parameters => _model.Parameters;
                public override ModelGen.Predictor CreatePredictor(int threads) => _predictor = _model.CreatePredictor(threads);
                public override void Predict(NumericData[] inputs, float[][] outputs) => _predictor!.Predict({{inputs}}, {{outputs}});
                public override ModelGen.Trainer CreateTrainer(Optimizer optimizer, int batch, int threads) => {{Trained("_trainer = _model.CreateTrainer(optimizer, batch, threads)")}};
                public override float ComputeGradients(NumericData[] inputs, NumericData[] labels) => {{Trained($"_trainer!.ComputeGradients({data})")}};
                public override float Step(NumericData[] inputs, NumericData[] labels) => {{Trained($"_trainer!.Step({data})")}};
                public override float Accumulate(NumericData[] inputs, NumericData[] labels) => {{Trained($"_trainer!.Accumulate({data})")}};
                public override FitReport Fit(Dataset train, Dataset? validation, FitOptions options) => {{Trained("_model.Fit(train, validation, options)")}};
                public override Evaluation Evaluate(NumericData[] inputs, NumericData[] labels) => {{Trained($"_trainer!.Evaluate({data})")}};
            }

            """;

        string Trained(string call) => losses > 0 ? call : "throw new InvalidOperationException(\"No loss.\")";
    }

    private static string Arguments(string array, int count) => string.Join(", ", Enumerable.Range(0, count).Select(i => $"{array}[{i}]"));
}
