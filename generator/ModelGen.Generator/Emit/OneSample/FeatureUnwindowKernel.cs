using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>Emits upsampling of a single sample with channels in the lanes: each place is a copy of the one whose window covers it.</summary>
internal static class FeatureUnwindowKernel
{
    /// <param name="region">The transposed windows.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, bool isShared, string name)
    {
        var unwindow = (Unwindow)region.Anchor;
        var operands = new RegionOperands(region.Inputs, unwindow.Outputs);
        return new Kernel(name, $"{unwindow.Layer} of one sample: each number at all places of its window, {unwindow.Details}.", operands.All, width => [Emit(unwindow, operands, width, isShared)]) { IsShared = isShared };
    }

    private static string Emit(Unwindow unwindow, RegionOperands operands, VectorWidth kernelWidth, bool isShared)
    {
        var layout = FeatureLayout.Of(unwindow.Output.Shape);
        var width = layout.Width(kernelWidth);
        var axes = unwindow.Axes.Skip(1).ToList();
        var writer = new SourceWriter();
        var loops = new Stack<SourceWriter.Scope>();
        var sourceStrides = new Shape(axes.Select(axis => axis.Out)).Strides();
        var targetStrides = new Shape(axes.Select(axis => axis.In)).Strides();
        var (from, to) = (new OffsetText(), new OffsetText());
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var a = axes[axis];
            loops.Push(writer.Block(SharedLoop.For(isShared && axis == 0, $"p{axis}", a.In)));
            var place = a.Padding > 0 ? $"(p{axis} + {a.Padding})" : $"p{axis}";
            var source = a.Stride > 1 ? $"({place} / {a.Stride})" : place;
            from.Add(source, sourceStrides[axis] * FeatureStorage.Stride(unwindow.Inputs[0]));
            to.Add($"p{axis}", targetStrides[axis] * FeatureStorage.Stride(unwindow.Output));
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref {operands[unwindow.Inputs[0]]}, {from});");
        writer.Line($"ref var y = ref Unsafe.Add<float>(ref {operands[unwindow.Output]}, {to});");
        if (layout.Stride > width.Lanes)
        {
            loops.Push(writer.Block($"for (nuint c = 0; c < {layout.Stride}; c += {width.Lanes})"));
            writer.Line($"{width.Type}.LoadUnsafe<float>(ref x, c).StoreUnsafe<float>(ref y, c);");
        }
        else
        {
            writer.Line($"{width.Type}.LoadUnsafe<float>(ref x).StoreUnsafe<float>(ref y);");
        }

        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();
    }
}
