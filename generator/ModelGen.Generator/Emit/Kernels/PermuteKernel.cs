using System.Collections.Generic;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>Emits a copy with the axes in another order. Lanes are samples, so every element is a vector.</summary>
internal static class PermuteKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    public static Kernel Create(Region region, string name)
    {
        var permute = (Permute)region.Anchor;
        var operands = new RegionOperands(region.Inputs, permute.Outputs);
        return new Kernel(name, $"{permute.Layer}: axes in the order {permute.Details}.", operands.All, width => [Emit(permute, operands, width)]);
    }

    private static string Emit(Permute permute, RegionOperands operands, VectorWidth width)
    {
        var writer = new SourceWriter();
        var source = permute.Inputs[0].Shape.Strides();
        var target = permute.Output.Shape.Strides();
        var (from, to) = (new OffsetText(), new OffsetText());
        var loops = new Stack<SourceWriter.Scope>();
        for (var axis = 0; axis < permute.Axes.Count; axis++)
        {
            loops.Push(writer.Block($"for (nuint p{axis} = 0; p{axis} < {permute.Output.Shape[axis]}; p{axis}++)"));
            from.Add($"p{axis}", source[permute.Axes[axis]] * Lanes);
            to.Add($"p{axis}", target[axis] * Lanes);
        }

        for (var lane = 0; lane < Lanes; lane += width.Lanes)
        {
            writer.Line($"{width.Type}.LoadUnsafe<float>(ref {operands[permute.Inputs[0]]}, {from.Add(Literal.Of(lane > 0 ? 1 : 0), width.Lanes)}).StoreUnsafe<float>(ref {operands[permute.Output]}, {to.Add(Literal.Of(lane > 0 ? 1 : 0), width.Lanes)});");
        }

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();
    }
}
