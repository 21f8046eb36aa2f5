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
            foreach (var (contract, weights, offset) in plan.Weights)
            {
                writer.Line($"// {contract.Layer}: the weights, {Literal.Of(weights.Words)} words with padding.");
                writer.Line($"WeightPacking.{(contract.Role == ContractRole.Output ? "Pack" : "PackTransposed")}(ref {Parameter(contract.Inputs[1])}, ref {At("prepared", offset)}, {weights.Outputs}, {weights.PaddedOutputs}, {weights.Block}, {weights.Inputs}, {weights.OuterTaps}, {weights.InnerTaps}{(weights.Groups > 1 ? $", {weights.Groups}" : "")});");
            }

            foreach (var (value, offset) in plan.Copies)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Parameter(value)}, {value.Shape.Count}).CopyTo(MemoryMarshal.CreateSpan(ref {At("prepared", offset)}, {value.Shape.Count}));");
            }

            foreach (var node in plan.ModelNodes)
            {
                ModelStepEmitter.Emit(writer, node, value => plan.IsPrepared(Storage.Elements(value)) ? Reference(plan.Locate(value, ValueOrder.RowMajor)) : Parameter(value));
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
            foreach (var step in plan.Steps)
            {
                EmitStep(step);
            }

            foreach (var result in results)
            {
                var root = Storage.Elements(result.Value);
                var order = plan.IsInRows(root) ? ValueOrder.RowMajor : ValueOrder.Lanes;
                var place = Reference(plan.Locate(root, order));
                var lanes = FeatureLayout.Of(root.Shape);
                writer.Line(
                    lanes is { Channels: 1, Places: 1 } ? $"out{result.Index} = {place};"
                    : order == ValueOrder.RowMajor ? $"MemoryMarshal.CreateSpan(ref {place}, {root.Shape.Count}).CopyTo(MemoryMarshal.CreateSpan(ref out{result.Index}, {root.Shape.Count}));"
                    : $"FeatureLanes.ToChannelsFirst(ref {place}, {lanes.Channels}, {lanes.Places}, {FeatureStorage.Stride(root)}, ref out{result.Index});");
            }
        }
    }

    private void EmitStep(OneSampleStep step)
    {
        switch (step)
        {
            case OneSampleKernel kernel:
                var arguments = kernel.Kernel.Operands.Select(operand => "ref " + Reference(plan.Locate(kernel, operand.Value)));
                writer.Line($"// {kernel.Kernel.Summary}");
                writer.Line($"Kernels.{kernels.NameOf(kernel.Kernel)}({string.Join(", ", arguments)});");
                break;
            case ReorderStep reorder:
                var lanes = FeatureLayout.Of(reorder.Value.Shape);
                var (inLanes, inRows) = (Reference(plan.Locate(reorder.Value, ValueOrder.Lanes)), Reference(plan.Locate(reorder.Value, ValueOrder.RowMajor)));
                writer.Line(reorder.Target == ValueOrder.Lanes
                    ? $"FeatureLanes.FromChannelsFirst(ref {inRows}, {lanes.Channels}, {lanes.Places}, {FeatureStorage.Stride(reorder.Value)}, ref {inLanes});"
                    : $"FeatureLanes.ToChannelsFirst(ref {inLanes}, {lanes.Channels}, {lanes.Places}, {FeatureStorage.Stride(reorder.Value)}, ref {inRows});");
                break;
        }
    }

    private static string Reference(Location location) => location.Space switch
    {
        Space.Model => At("prepared", location.Offset),
        Space.Input => At($"in{location.Offset}", location.Within),
        _ => At("scratch", location.Offset),
    };

    private string Parameter(Value value) =>
        At("parameters", (value.Source == Source.Parameter ? layout.Parameters : layout.Statistics)[value.Index].Offset);

    private static string At(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add<float>(ref {reference}, {Literal.Of(offset)})";
}
