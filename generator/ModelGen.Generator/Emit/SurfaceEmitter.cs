using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.OneSample;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Emit;

/// <summary>Emits the members of the model class: constructor, parameters, trainer, predictor, saving, and the definition behind them.</summary>
internal sealed partial class SurfaceEmitter
{
    private const string Runtime = "global::ModelGen.";
    private const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";
    private const string LowPriority = "[global::System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]";
    private const string ReadOnlySpan = "global::System.ReadOnlySpan";

    private readonly SourceWriter _writer = new();
    private readonly ModelSpec _spec;
    private readonly ModelSignature _signature;

    /// <summary>Whether threads may share the prediction of a single sample.</summary>
    private bool _sharesSingle;

    /// <summary>What each argument holds, for the documentation of the members; empty for a wrong model.</summary>
    private readonly Dictionary<string, string> _contents = [];

    private SurfaceEmitter(ModelSpec spec, ModelSignature signature)
    {
        _spec = spec;
        _signature = signature;
    }

    private bool HasLoss => _signature.Labels.Count > 0;

    private IEnumerable<(string Type, string Name)> Inputs => _signature.Inputs.Select(input => (input.IsInt ? "int" : "float", SurfaceText.Identifier(input.Name)));

    private IEnumerable<(string Type, string Name)> Labels => _signature.Labels.SelectMany(Spans);

    /// <summary>The spans of a loss: its labels, and how many each sample has where that is not the same.</summary>
    private static IEnumerable<(string Type, string Name)> Spans(LabelArgument label)
    {
        yield return (label.IsInt ? "int" : "float", SurfaceText.Identifier(label.Name));
        if (label.Counts is { } counts)
        {
            yield return ("int", SurfaceText.Identifier(counts));
        }
    }

    /// <summary>A name for the local that holds the turn, which no argument has.</summary>
    private string Turn => new NameScope([.. Inputs.Concat(Labels).Select(argument => argument.Name), .. Outputs]).Unique("turn");

    private IEnumerable<string> Outputs => _signature.Outputs.Select(SurfaceText.Identifier);

    private string FirstInput => Inputs.Select(input => input.Name).FirstOrDefault() ?? "input";

    /// <summary>The members of a model that is right.</summary>
    public static string Emit(ModelSpec spec, ModelSignature signature, Network network, IReadOnlyList<ModelProgram> programs, OneSamplePlan? single)
    {
        var emitter = new SurfaceEmitter(spec, signature) { _sharesSingle = single is { IsDivided: true } };
        emitter.DescribeArguments(network);
        emitter.EmitFrame(
            () => SummaryTable.Emit(emitter._writer, network, programs),
            () => emitter.EmitModel(network, single));
        return emitter._writer.ToString();
    }

    /// <summary>The same members with bodies that throw, for a model with an error.</summary>
    public static string EmitThrowing(ModelSpec spec, ModelSignature signature)
    {
        var emitter = new SurfaceEmitter(spec, signature);
        emitter.EmitFrame(
            () => emitter._writer.Line("/// <summary>A model with an error, which the analyzer reports: its members throw.</summary>"),
            emitter.EmitThrowingModel);
        return emitter._writer.ToString();
    }

    private void DescribeArguments(Network network)
    {
        foreach (var (argument, name) in network.Arguments.Zip(Inputs, (argument, input) => (argument, input.Name)))
        {
            var type = argument.Node.Type;
            _contents[name] = argument.IsLengths
                ? $"How many steps of each sample of {argument.Node.Layer.Name} count: 1 to {Literal.Of(type.Axes[0].Extent)}; the others are padding."
                : type.Vocabulary > 0
                    ? $"Token ids below {Literal.Of(type.Vocabulary)}: samples of {type}, one after another."
                    : $"Samples of {type}, one after another.";
        }

        foreach (var (node, spans) in network.Losses.Zip(_signature.Labels, (node, label) => (node, Spans(label).ToList())))
        {
            _contents[spans[0].Name] = ((LossLayer)node.Layer).DescribeLabels(node.InputType);
            foreach (var (_, name) in spans.Skip(1))
            {
                _contents[name] = $"How many of {spans[0].Name} are each sample's.";
            }
        }

        foreach (var (output, name) in network.Outputs.Zip(Outputs, (output, name) => (output, name)))
        {
            _contents[name] = $"Receives {output.Type} for each sample.";
        }
    }

    /// <summary>The documentation of a member: what it does, then each argument.</summary>
    private void Document(string summary, IEnumerable<string> arguments, string? returns = null)
    {
        _writer.Line($"/// <summary>{summary}</summary>");
        foreach (var name in arguments.Where(_contents.ContainsKey))
        {
            _writer.Line($"/// <param name=\"{name.TrimStart('@')}\">{SurfaceText.Escape(_contents[name])}</param>");
        }

        if (returns is not null)
        {
            _writer.Line($"/// <returns>{returns}</returns>");
        }

        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length does not fit, or a label or token is out of its range.</exception>");
    }

    private void EmitFrame(System.Action documentation, System.Action members)
    {
        _writer.Lines(GeneratedSource.Header + "#nullable enable\n");
        _writer.Line();
        var scopes = new Stack<SourceWriter.Scope>();
        if (_spec.Namespace.Length > 0)
        {
            scopes.Push(_writer.Block("namespace " + _spec.Namespace));
        }

        foreach (var type in _spec.ContainingTypes)
        {
            scopes.Push(_writer.Block($"partial {type.Keyword} {type.Name}"));
        }

        documentation();
        scopes.Push(_writer.Block($"partial class {_spec.Name} : {Runtime}IModel<{_spec.Name}>"));
        members();
        while (scopes.Count > 0)
        {
            scopes.Pop().Dispose();
        }
    }

    private void EmitModel(Network network, OneSamplePlan? single)
    {
        _writer.Line("/// <summary>Makes the model with fresh parameters; the same seed gives the same ones on every machine.</summary>");
        _writer.Line("/// <param name=\"seed\">What the initial values are a function of.</param>");
        _writer.Line($"public {_spec.Name}(int seed = 0) => Parameters = new {Runtime}ParameterSet(Definition, seed);");
        _writer.Line();
        _writer.Line("/// <summary>What the runtime knows of the model.</summary>");
        _writer.Line(Hidden);
        _writer.Line($"public static {Runtime}CompilerServices.ModelDefinition Definition => global::{GeneratedSource.Namespace(_spec)}.Model.Definition;");
        _writer.Line();
        _writer.Line("/// <summary>The layers, shapes, parameters and operations of the model; prints as a table.</summary>");
        _writer.Line($"public static {Runtime}ModelSummary Summary => global::{GeneratedSource.Namespace(_spec)}.Model.Summary;");
        _writer.Line();
        _writer.Line("/// <summary>The trained parameters and statistics, by name.</summary>");
        _writer.Line($"public {Runtime}ParameterSet Parameters {{ get; }}");
        _writer.Line();
        _writer.Line("/// <summary>Makes the model with fresh parameters.</summary>");
        _writer.Line($"public static {_spec.Name} Create(int seed = 0) => new(seed);");
        _writer.Line();
        _writer.Line("/// <summary>Makes the model with the parameters of a safetensors file; every name, shape and type is checked.</summary>");
        using (_writer.Block($"public static {_spec.Name} Load(string path)"))
        {
            _writer.Line($"var model = new {_spec.Name}();");
            _writer.Line($"{Runtime}ModelFile.Load(path, model.Parameters);");
            _writer.Line("return model;");
        }

        _writer.Line();
        _writer.Line("/// <summary>Saves the parameters as a safetensors file: written beside it, then renamed.</summary>");
        _writer.Line($"public void Save(string path) => {Runtime}ModelFile.Save(path, Parameters);");
        EmitCreators("new(this, optimizer, batch, threads)", "new(this, threads)");
        if (HasLoss)
        {
            _writer.Line();
            EmitTrainer();
        }

        _writer.Line();
        EmitPredictor(network, single);
    }

    private void EmitCreators(string newTrainer, string newPredictor)
    {
        const string Parameters = $"{Runtime}Optimizer optimizer, int batch, int threads";
        if (HasLoss)
        {
            _writer.Line();
            _writer.Line("/// <summary>Makes a trainer of this model's parameters.</summary>");
            _writer.Line("/// <param name=\"optimizer\">The rule by which gradients change parameters.</param>");
            _writer.Line("/// <param name=\"batch\">The most samples of one step.</param>");
            _writer.Line("/// <param name=\"threads\">The threads that share a step; the result is the same for any number.</param>");
            _writer.Line($"public Trainer CreateTrainer({Parameters} = 1) => {newTrainer};");
        }

        _writer.Line();
        _writer.Line("/// <summary>Makes a predictor that reads this model's parameters.</summary>");
        _writer.Line("/// <param name=\"threads\">The most threads that share a prediction, be it one sample, a sequence or a step that follows another at once; small networks stay on the caller's. The result is the same for any number.</param>");
        _writer.Line($"public Predictor CreatePredictor(int threads = 1) => {newPredictor};");
        _writer.Line();
        if (!HasLoss)
        {
            // The analyzer reports the call; the member stands so that its error is the only one.
            _writer.Line(Hidden);
            _writer.Line($"public {Runtime}Trainer CreateTrainer({Parameters} = 1) => throw new global::System.InvalidOperationException({SurfaceText.Quote(_spec.Name + " has no loss and cannot be trained.")});");
            _writer.Line();
        }

        _writer.Line($"{Runtime}Trainer {Runtime}IModel<{_spec.Name}>.CreateTrainer({Parameters}) => CreateTrainer(optimizer, batch, threads);");
        _writer.Line();
        _writer.Line($"{Runtime}Predictor {Runtime}IModel<{_spec.Name}>.CreatePredictor() => CreatePredictor();");
    }

    private void EmitTrainer()
    {
        var arguments = Inputs.Concat(Labels).ToList();
        var parameters = string.Join(", ", arguments.Select(argument => $"{ReadOnlySpan}<{argument.Type}> {argument.Name}"));
        var names = string.Join(", ", arguments.Select(argument => argument.Name));
        _writer.Line($"/// <summary>Trains a <see cref=\"{_spec.Name}\"/>; belongs to one thread at a time.</summary>");
        using (_writer.Block($"public sealed class Trainer : {Runtime}Trainer"))
        {
            _writer.Line($"internal Trainer({_spec.Name} model, {Runtime}Optimizer optimizer, int batch, int threads)");
            using (_writer.Block("    : base(Definition, model.Parameters, optimizer, batch, threads)"))
            {
            }

            EmitStep("Forward pass, backward pass and update of the parameters.", "Step", "RunStep");
            EmitStep("Forward and backward pass without an update: the gradients stand in Gradients.", "ComputeGradients", "RunGradients");
            EmitPass("Adds the gradients of further samples, for Update; returns their loss.", "float", "Accumulate", "RunAccumulation", "EndAccumulation");
            EmitPass("The loss and the metrics of any number of samples; changes nothing.", Runtime + "Evaluation", "Evaluate", "RunEvaluation", "EndEvaluation");
            EmitTensorStep();
            _writer.Line();
            using (_writer.Block($"private void Bind({parameters})"))
            {
                EmitBinding();
            }
        }

        void EmitStep(string summary, string method, string run)
        {
            _writer.Line();
            Document(summary, arguments.Select(argument => argument.Name), "The loss, before any update.");
            using (_writer.Block($"public float {method}({parameters})"))
            {
                _writer.Line($"using var {Turn} = this.BeginStep({FirstInput}.Length);");
                _writer.Line($"this.Bind({names});");
                _writer.Line($"return this.{run}();");
            }
        }

        void EmitPass(string summary, string type, string method, string run, string end)
        {
            _writer.Line();
            Document(summary, arguments.Select(argument => argument.Name));
            using (_writer.Block($"public {type} {method}({parameters})"))
            {
                _writer.Line($"using var {Turn} = this.BeginPass({FirstInput}.Length);");
                using (_writer.Block("while (this.NextChunk())"))
                {
                    _writer.Line($"this.Bind({names});");
                    _writer.Line($"this.{run}();");
                }

                _writer.Line();
                _writer.Line($"return this.{end}();");
            }
        }

        void EmitTensorStep()
        {
            var spans = Inputs.Select((input, index) => $"this.GetInput({index}, {input.Name})").Concat(Labels.Select(label => label.Name));
            EmitTensorMember("The same step with inputs that carry their shape: (samples, shape of one).", "float", "Step", TensorStepParameters, $"this.Step({string.Join(", ", spans)})");
        }
    }

    private IEnumerable<string> TensorInputs => Inputs.Select(input => $"global::System.Numerics.Tensors.ReadOnlyTensorSpan<float> {input.Name}");

    private IEnumerable<string> TensorStepParameters => TensorInputs.Concat(Labels.Select(label => $"{ReadOnlySpan}<{label.Type}> {label.Name}"));

    private IEnumerable<string> TensorPredictParameters => TensorInputs.Concat(Outputs.Select(output => $"global::System.Numerics.Tensors.TensorSpan<float> {output}"));

    /// <summary>An overload that takes tensors; only where every input is numbers.</summary>
    private void EmitTensorMember(string summary, string type, string method, IEnumerable<string> parameters, string body)
    {
        if (Inputs.Any(input => input.Type == "int"))
        {
            return;
        }

        _writer.Line();
        _writer.Line($"/// <summary>{summary}</summary>");
        _writer.Line(LowPriority);
        _writer.Line($"public {type} {method}({string.Join(", ", parameters)}) => {body};");
    }

    private void EmitBinding()
    {
        EmitInputBinding();

        foreach (var (label, index) in _signature.Labels.Select((label, index) => (label, index)))
        {
            _writer.Line($"this.BindLabels({index}, {string.Join(", ", Spans(label).Select(span => span.Name))});");
        }
    }

    /// <summary>Lengths first: what stands beyond them in the inputs is not looked at.</summary>
    private void EmitInputBinding()
    {
        foreach (var (name, index, _) in Inputs.Select((input, index) => (input.Name, index, _signature.Inputs[index].LengthsOf)).OrderBy(input => input.LengthsOf < 0))
        {
            _writer.Line($"this.BindInput({index}, {name});");
        }
    }

    private void EmitThrowingModel()
    {
        var error = $"throw new global::System.InvalidOperationException({SurfaceText.Quote($"{_spec.Name} has an error that the build reported.")})";
        var arguments = Inputs.Concat(Labels).Select(argument => $"{ReadOnlySpan}<{argument.Type}> {argument.Name}");
        var all = string.Join(", ", arguments);
        var prediction = string.Join(", ", Inputs.Select(input => $"{ReadOnlySpan}<{input.Type}> {input.Name}").Concat(Outputs.Select(output => $"global::System.Span<float> {output}")));
        _writer.Line($"public {_spec.Name}(int seed = 0) => {error};");
        _writer.Line(Hidden);
        _writer.Line($"public static {Runtime}CompilerServices.ModelDefinition Definition => {error};");
        _writer.Line($"public static {Runtime}ModelSummary Summary => {error};");
        _writer.Line($"public {Runtime}ParameterSet Parameters => {error};");
        _writer.Line($"public static {_spec.Name} Create(int seed = 0) => {error};");
        _writer.Line($"public static {_spec.Name} Load(string path) => {error};");
        _writer.Line($"public void Save(string path) => {error};");
        EmitCreators(error, error);
        if (HasLoss)
        {
            _writer.Line();
            using (_writer.Block($"public sealed class Trainer : {Runtime}Trainer"))
            {
                _writer.Line("private Trainer() : base(null!, null!, null!, 0, 0) { }");
                _writer.Line($"public float Step({all}) => {error};");
                EmitTensorMember("Throws.", "float", "Step", TensorStepParameters, error);
                _writer.Line($"public float ComputeGradients({all}) => {error};");
                _writer.Line($"public float Accumulate({all}) => {error};");
                _writer.Line($"public {Runtime}Evaluation Evaluate({all}) => {error};");
            }
        }

        _writer.Line();
        using (_writer.Block($"public sealed class Predictor : {Runtime}Predictor"))
        {
            _writer.Line("private Predictor() : base(null!, null!) { }");
            _writer.Line($"public void Predict({prediction}) => {error};");
            EmitTensorMember("Throws.", "void", "Predict", TensorPredictParameters, error);
        }
    }
}
