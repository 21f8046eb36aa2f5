using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.OneSample;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Planning.OneSample;

namespace ModelGen.Generator.Emit;

/// <content>The predictor of a model: any number of samples, a single one, and one step of a stream.</content>
internal sealed partial class SurfaceEmitter
{
    /// <param name="network">The network.</param>
    /// <param name="plan">The program of single samples, of a step of them where the network streams; null where there is none.</param>
    private void EmitPredictor(Network network, OneSamplePlan? plan)
    {
        var single = plan is null or { Streaming.RunsWhole: false } ? null : network;
        var parameters = string.Join(", ", Inputs.Select(input => $"{ReadOnlySpan}<{input.Type}> {input.Name}").Concat(Outputs.Select(output => $"global::System.Span<float> {output}")));
        _writer.Line($"/// <summary>Predicts with the parameters of a <see cref=\"{_spec.Name}\"/>; belongs to one thread at a time.</summary>");
        using (_writer.Block($"public sealed class Predictor : {Runtime}Predictor"))
        {
            _writer.Line($"internal Predictor({_spec.Name} model, int threads)");
            using (_writer.Block("    : base(Definition, model.Parameters, threads)"))
            {
            }

            _writer.Line();
            Document("Predicts any number of samples into memory of the caller's; allocates nothing.", Inputs.Select(input => input.Name).Concat(Outputs));
            using (_writer.Block($"public void Predict({parameters})"))
            {
                if (single is null)
                {
                    EmitPrediction(null);
                }
                else
                {
                    var lengths = Inputs.Select(input => input.Name).Zip(single.Inputs, (name, node) => $"{name}.Length == {Literal.Of(node.Type.Count)}")
                        .Concat(Outputs.Zip(single.Outputs, (name, output) => $"{name}.Length == {Literal.Of(output.Type.Count)}"));
                    using (_writer.Block($"if ({string.Join(" && ", lengths)})"))
                    {
                        _writer.Line($"using var {Turn} = this.BeginSingle();");
                        EmitTokenChecks();
                        EmitSingle(single, null);
                    }

                    using (_writer.Block("else"))
                    {
                        EmitPrediction(single);
                    }
                }
            }

            var spans = Inputs.Select((input, index) => $"this.GetInput({index}, {input.Name})").Concat(Outputs.Select((output, index) => $"this.GetOutput({index}, {output})"));
            EmitTensorMember("The same with tensors that carry their shape: (samples, shape of one).", "void", "Predict", TensorPredictParameters, $"this.Predict({string.Join(", ", spans)})");
            if (plan?.Streaming is { } streaming)
            {
                EmitStream(network, streaming, plan);
            }
        }
    }

    /// <summary>The members of a predictor that can run one step after another.</summary>
    private void EmitStream(Network network, Streaming streaming, OneSamplePlan plan)
    {
        _writer.Line();
        _writer.Line("/// <summary>What the stream remembers that <see cref=\"Step\"/> continues: to be reset, copied, saved, or exchanged for that of another stream.</summary>");
        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">The state is of another model.</exception>");
        _writer.Line($"public {Runtime}StreamState State {{ get => this.CurrentState; set => this.CurrentState = value; }}");
        _writer.Line();
        _writer.Line("/// <summary>Makes a state for a further stream, without a past.</summary>");
        _writer.Line($"public {Runtime}StreamState CreateState() => this.NewState();");
        _writer.Line();
        _writer.Line("/// <summary>Takes one step of a sequence, however long, from <see cref=\"State\"/> to the next; allocates nothing.</summary>");
        if (plan.DividesStep)
        {
            _writer.Line("/// <remarks>The threads of the predictor share a step that comes within a tenth of a millisecond after another, while they are awake; a step that comes later is taken by the caller's alone. Both have the same bits.</remarks>");
        }

        var steps = Inputs.Zip(network.Arguments, (input, argument) => (input.Name, argument))
            .Select((item, index) => (name: item.Name, type: item.argument.Node.Type.Step, isToken: item.argument.Node.Type.Vocabulary > 0, index, item.argument.IsLengths))
            .Where(item => !item.IsLengths).ToList();
        var outputs = Outputs.Zip(network.Outputs, (name, output) => (name, type: output.Type.Step)).ToList();
        foreach (var (name, type, isToken, _, _) in steps)
        {
            _writer.Line($"/// <param name=\"{name.TrimStart('@')}\">{(isToken ? "The token id of the step." : $"The {Literal.Of(type.Count)} numbers of the step.")}</param>");
        }

        foreach (var ((name, type), index) in outputs.Select((output, index) => (output, index)))
        {
            _writer.Line($"/// <param name=\"{name.TrimStart('@')}\">Receives {Literal.Of(type.Count)} numbers: {(streaming.IsPerStep[index] ? "the output of the step" : "what the steps so far amount to")}.</param>");
        }

        _writer.Line("/// <exception cref=\"global::System.ArgumentException\">A length is not that of one step, or a token is not in the vocabulary.</exception>");
        var parameters = steps.Select(step => $"{(step.isToken ? "int" : $"{ReadOnlySpan}<float>")} {step.name}").Concat(outputs.Select(output => $"global::System.Span<float> {output.name}"));
        using (_writer.Block($"public void Step({string.Join(", ", parameters)})"))
        {
            _writer.Line($"using var {Turn} = this.BeginSingle();");
            foreach (var (name, type, isToken, index, _) in steps)
            {
                _writer.Line(isToken ? $"this.CheckTokens({index}, [{name}]);" : Check(name, type));
            }

            foreach (var (name, type) in outputs)
            {
                _writer.Line(Check(name, type));
            }

            var inputs = steps.Select(step => step.isToken ? $"ref {step.name}" : Reference(step.name)).ToList();
            var results = outputs.Select(output => Reference(output.name)).ToList();
            if (plan.DividesStep)
            {
                var sharedInputs = inputs.Zip(steps, (place, step) => (place, (int)step.type.Count, (int)step.type.Count * streaming.Steps));
                var sharedOutputs = results.Zip(outputs, (place, output) => (place, (int)output.type.Count))
                    .Select((output, index) => (output.place, output.Item2, output.Item2 * (streaming.IsPerStep[index] ? streaming.Steps : 1)));
                using (_writer.Block("if (this.SharesStep)"))
                {
                    EmitShared([.. sharedInputs], [.. sharedOutputs], "RunSharedStep");
                    _writer.Line("this.EndStep();");
                    _writer.Line("return;");
                }

                _writer.Line();
            }

            _writer.Line($"global::{GeneratedSource.Namespace(_spec)}.{OneSampleEmitter.ClassName}.Step(ref this.Prepared, ref this.Scratch, ref this.StateMemory, {string.Join(", ", inputs.Concat(results))}{(plan.HasEnd ? ", shows: true" : "")});");
            if (plan.DividesStep)
            {
                _writer.Line("this.EndStep();");
            }
        }

        static string Check(string name, TensorType type) => $"CheckStep({SurfaceText.Quote(name.TrimStart('@'))}, {name}.Length, {Literal.Of(type.Count)});";

        static string Reference(string name) => $"ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference<float>({name})";
    }

    /// <summary>Token ids of single samples are read where they are, and checked there.</summary>
    private void EmitTokenChecks()
    {
        foreach (var (input, index) in Inputs.Select((input, index) => (input, index)).Where(item => item.input.Type == "int"))
        {
            _writer.Line($"this.CheckTokens({index}, {input.Name});");
        }
    }

    /// <summary>Any number of samples: a few one after another where that is faster, else in blocks.</summary>
    private void EmitPrediction(Network? single)
    {
        _writer.Line($"using var {Turn} = this.BeginPrediction({FirstInput}.Length);");
        foreach (var (output, index) in Outputs.Select((output, index) => (output, index)))
        {
            _writer.Line($"this.CheckOutput({index}, {output});");
        }

        _writer.Line();
        if (single is not null)
        {
            var sample = Inputs.Select(input => input.Name).Concat(Outputs).Contains("sample") ? "itsSample" : "sample";
            using (_writer.Block("if (this.RunsSingly)"))
            {
                foreach (var (input, index) in Inputs.Select((input, index) => (input.Name, index)).Skip(1))
                {
                    _writer.Line($"this.CheckInput({index}, {input});");
                }

                EmitTokenChecks();
                using (_writer.Block($"for (var {sample} = 0; {sample} < this.SampleCount; {sample}++)"))
                {
                    EmitSingle(single, sample);
                }

                _writer.Line();
                _writer.Line("return;");
            }

            _writer.Line();
        }

        using (_writer.Block("while (this.NextChunk())"))
        {
            EmitInputBinding();
            _writer.Line("this.RunPrediction();");
            foreach (var (output, index) in Outputs.Select((output, index) => (output, index)))
            {
                _writer.Line($"this.ReadOutput({index}, {output});");
            }
        }
    }

    /// <summary>What threads share: inputs are copied to where all see them, outputs from there; each has the room of a whole sample.</summary>
    private void EmitShared(IReadOnlyList<(string Place, int Words, int Room)> inputs, IReadOnlyList<(string Place, int Words, int Room)> outputs, string run)
    {
        var offset = 0;
        foreach (var (place, words, room) in inputs)
        {
            _writer.Line($"this.ShareInput({Literal.Of(offset)}, {place}, {Literal.Of(words)});");
            offset += VectorWidth.RoundUp(room);
        }

        _writer.Line($"this.{run}();");
        foreach (var (place, words, room) in outputs)
        {
            _writer.Line($"this.ReadShared({Literal.Of(offset)}, {place}, {Literal.Of(words)});");
            offset += VectorWidth.RoundUp(room);
        }
    }

    /// <summary>One sample, the only one or that of a number.</summary>
    private void EmitSingle(Network network, string? sample)
    {
        var inputs = Inputs.Zip(network.Inputs, (input, node) => (Place: First(input.Name, input.Type, node.Type.Count), Words: (int)node.Type.Count)).ToList();
        var outputs = Outputs.Zip(network.Outputs, (name, output) => (Place: First(name, "float", output.Type.Count), Words: (int)output.Type.Count)).ToList();
        var arguments = inputs.Concat(outputs).Select(end => end.Place);
        if (_sharesSingle)
        {
            using (_writer.Block("if (this.SharesSingle)"))
            {
                EmitShared([.. inputs.Select(end => (end.Place, end.Words, end.Words))], [.. outputs.Select(end => (end.Place, end.Words, end.Words))], "RunShared");
                _writer.Line(sample is null ? "return;" : "continue;");
            }

            _writer.Line();
        }

        _writer.Line($"global::{GeneratedSource.Namespace(_spec)}.{OneSampleEmitter.ClassName}.Run(ref this.Prepared, ref this.Scratch, {string.Join(", ", arguments)});");

        string First(string name, string type, long elements)
        {
            var reference = $"global::System.Runtime.InteropServices.MemoryMarshal.GetReference<{type}>({name})";
            return "ref " + (sample is null ? reference : $"global::System.Runtime.CompilerServices.Unsafe.Add<{type}>(ref {reference}, {sample} * {Literal.Of(elements)})");
        }
    }
}
