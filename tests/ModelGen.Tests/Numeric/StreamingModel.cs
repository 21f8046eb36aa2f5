using System.Reflection;
using ModelGen.CompilerServices;
using ModelGen.Generator;

namespace ModelGen.Tests.Numeric;

/// <summary>A causal network: its attributes, and what a step of it takes and shows.</summary>
/// <param name="Layers">The attributes as source.</param>
/// <param name="Steps">The steps of a whole sequence.</param>
/// <param name="Inputs">The numbers of one step of the input; one for tokens.</param>
/// <param name="Outputs">The numbers that a step shows.</param>
/// <param name="ShowsAll">Whether a prediction shows every step, else what they amount to.</param>
public sealed record StreamCase(string Layers, int Steps, int Inputs, int Outputs, bool ShowsAll = true)
{
    /// <summary>Whether the input is token ids.</summary>
    public bool IsTokens => Layers.StartsWith("Tokens", StringComparison.Ordinal);

    /// <summary>Whether each sample says how many of its steps count.</summary>
    public bool HasLengths => Layers.Contains("Lengths = true", StringComparison.Ordinal);

    /// <summary>Some whole sequence.</summary>
    public float[] Input => [.. Enumerable.Range(0, Steps * Inputs).Select(i => IsTokens ? i * 5 % Tokens : MathF.Sin(i * 1.7f))];

    /// <summary>The size of the vocabulary.</summary>
    public int Tokens { get; init; }

    /// <summary>One step of a whole sequence.</summary>
    public ReadOnlySpan<float> Step(float[] input, int step) => input.AsSpan(step * Inputs, Inputs);

    /// <summary>What a whole sequence shows at a step.</summary>
    public float[] Shown(float[] whole, int step) => whole[(step * Outputs)..((step + 1) * Outputs)];

    /// <inheritdoc/>
    public override string ToString() => Layers;
}

/// <summary>A compiled model whose predictor runs step by step, behind one face for all of them.</summary>
public abstract class StreamingModel
{
    /// <summary>The network.</summary>
    public required StreamCase Case { get; init; }

    /// <summary>What the stream remembers.</summary>
    public abstract StreamState State { get; set; }

    /// <summary>What the generator compiled.</summary>
    public abstract ModelDefinition Definition { get; }

    /// <summary>The parameters of the model.</summary>
    public abstract ParameterSet Parameters { get; }

    /// <summary>Goes on with a new predictor.</summary>
    /// <param name="threads">The most threads that share a prediction.</param>
    public abstract void CreatePredictor(int threads);

    /// <summary>A state without a past.</summary>
    public abstract StreamState CreateState();

    /// <summary>Predicts samples as wholes.</summary>
    public abstract void Predict(float[] input, float[] output);

    /// <summary>Takes one step.</summary>
    public abstract void Step(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>What a prediction of one whole sequence shows.</summary>
    public float[] PredictWhole()
    {
        var output = new float[Case.ShowsAll ? Case.Steps * Case.Outputs : Case.Outputs];
        Predict(Case.Input, output);
        return output;
    }

    /// <summary>Models that are compiled together, when the first of them is wanted.</summary>
    public static Dictionary<string, Lazy<StreamingModel>> For(params StreamCase[] cases)
    {
        var assembly = new Lazy<Assembly>(() => SourceCompilation.Load(
            "using System;\nusing System.Linq;\nusing ModelGen;\nusing ModelGen.Tests.Numeric;\n" + string.Concat(cases.Select((of, number) => SourceOf(of, number))),
            new ModelGenerator()));
        return cases.Select((of, number) => (of, number)).ToDictionary(item => item.of.Layers, item => new Lazy<StreamingModel>(
            () => (StreamingModel)Activator.CreateInstance(assembly.Value.GetType($"StreamedAdapter{item.number}", throwOnError: true)!, item.of)!));
    }

    private static string SourceOf(StreamCase of, int number) =>
        $$"""
        [Model, {{of.Layers}}]
        public partial class Streamed{{number}};

        public sealed class StreamedAdapter{{number}} : StreamingModel
        {
            private readonly Streamed{{number}} _model = new Streamed{{number}}(seed: 3);
            private Streamed{{number}}.Predictor _predictor;
            [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
            public StreamedAdapter{{number}}(StreamCase of) { Case = of; _predictor = _model.CreatePredictor(); }
            public override ModelGen.CompilerServices.ModelDefinition Definition => Streamed{{number}}.Definition;
            public override ParameterSet Parameters => _model.Parameters;
            public override void CreatePredictor(int threads) => _predictor = _model.CreatePredictor(threads);
            public override StreamState State { get => _predictor.State; set => _predictor.State = value; }
            public override StreamState CreateState() => _predictor.CreateState();
            public override void Predict(float[] input, float[] output) => _predictor.Predict({{(of.IsTokens ? "input.Select(x => (int)x).ToArray()" : "input")}}, {{(of.HasLengths ? $"Enumerable.Repeat({of.Steps}, input.Length / {of.Steps * of.Inputs}).ToArray(), " : "")}}output);
            public override void Step(ReadOnlySpan<float> input, Span<float> output) => _predictor.Step({{(of.IsTokens ? "(int)input[0]" : "input")}}, output);
        }

        """;
}
