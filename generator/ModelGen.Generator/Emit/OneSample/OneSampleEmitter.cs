using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>Emits the prediction of a single sample as a class: how its operands are prepared, and which kernels run on them.</summary>
internal sealed class OneSampleEmitter(SourceWriter writer, KernelLibrary kernels, OneSamplePlan plan, ParameterLayout layout)
{
    /// <summary>The name of the emitted class.</summary>
    public const string ClassName = "PredictOneProgram";

    public void Emit()
    {
        writer.Line("/// <summary>Prediction of a single sample: outputs in the lanes, weights packed once.</summary>");
        using (writer.Block($"internal sealed class {ClassName} : OneSampleProgram"))
        {
            writer.Line($"public override int PreparedWords => {Literal.Of(plan.PreparedWords)};");
            writer.Line();
            writer.Line($"public override int ScratchWords => {Literal.Of(plan.ScratchWords)};");
            writer.Line();
            EmitPrepare();
            writer.Line();
            EmitRun();
        }
    }

    private void EmitPrepare()
    {
        using (writer.Block("public override void Prepare(ref float parameters, ref float prepared)"))
        {
            foreach (var (contract, offset) in plan.Weights)
            {
                var weights = PackedWeights.Of(contract);
                writer.Line($"// {contract.Layer}: the weights, {Literal.Of(weights.Words)} words with padding.");
                writer.Line($"WeightPacking.{(contract.Role == ContractRole.Output ? "Pack" : "PackTransposed")}(ref {Parameter(contract.Inputs[1])}, ref {At("prepared", offset)}, {weights.Outputs}, {weights.PaddedOutputs}, {weights.Block}, {weights.Inputs}, {weights.OuterTaps}, {weights.InnerTaps});");
            }

            foreach (var (value, offset) in plan.Copies)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Parameter(value)}, {value.Shape.Count}).CopyTo(MemoryMarshal.CreateSpan(ref {At("prepared", offset)}, {value.Shape.Count}));");
            }

            foreach (var node in plan.ModelNodes)
            {
                ModelStepEmitter.Emit(writer, node, value => plan.IsPrepared(Storage.Elements(value)) ? Reference(plan.Locate(Storage.Elements(value))) : Parameter(value));
            }
        }
    }

    private void EmitRun()
    {
        var inputs = plan.Graph.Sources.Where(source => source.Source == Source.Input).OrderBy(source => source.Index).ToList();
        var results = plan.Graph.Results.OrderBy(result => result.Index).ToList();
        var parameters = inputs.Select(input => $"ref float in{input.Index}").Concat(results.Select(result => $"ref float out{result.Index}"));
        using (writer.Block($"public static void Run(ref float prepared, ref float scratch, {string.Join(", ", parameters)})"))
        {
            foreach (var input in plan.OrderedInputs)
            {
                var lanes = FeatureLayout.Of(input.Shape);
                writer.Line($"FeatureLanes.FromChannelsFirst(ref in{input.Index}, {lanes.Channels}, {lanes.Places}, {lanes.Stride}, ref {Reference(plan.Locate(input))});");
            }

            foreach (var step in plan.Steps)
            {
                var arguments = step.Kernel.Operands.Select(operand => "ref " + Reference(plan.Locate(step.Region, operand.Value)));
                writer.Line($"// {step.Kernel.Summary}");
                writer.Line($"Kernels.{kernels.NameOf(step.Kernel)}({string.Join(", ", arguments)});");
            }

            foreach (var result in results)
            {
                var root = Storage.Elements(result.Value);
                var lanes = FeatureLayout.Of(root.Shape);
                writer.Line(lanes is { Channels: 1, Places: 1 }
                    ? $"out{result.Index} = {Reference(plan.Locate(root))};"
                    : $"FeatureLanes.ToChannelsFirst(ref {Reference(plan.Locate(root))}, {lanes.Channels}, {lanes.Places}, {lanes.Stride}, ref out{result.Index});");
            }
        }
    }

    private static string Reference(Location location) => location.Space switch
    {
        Space.Model => At("prepared", location.Offset),
        Space.Input => $"in{location.Offset}",
        _ => At("scratch", location.Offset),
    };

    private string Parameter(Value value) =>
        At("parameters", (value.Source == Source.Parameter ? layout.Parameters : layout.Statistics)[value.Index].Offset);

    private static string At(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add<float>(ref {reference}, {Literal.Of(offset)})";
}
