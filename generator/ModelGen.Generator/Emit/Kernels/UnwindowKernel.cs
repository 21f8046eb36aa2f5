using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the transpose of pooling: each gradient goes to where its maximum was found, or to all places of its window.
/// Windows that do not overlap write each place once; where they do, the places are cleared first and added to.
/// </summary>
internal static class UnwindowKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <param name="region">The transposed windows.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, bool isShared, string name)
    {
        var unwindow = (Unwindow)region.Anchor;
        var operands = new RegionOperands(region.Inputs, unwindow.Outputs);
        return new Kernel(name, $"{unwindow.Layer}: spreads its gradient over the windows, {unwindow.Details}.", operands.All, width => [Emit(unwindow, operands, width, isShared)]) { IsShared = isShared };
    }

    /// <summary>Whether the outermost axis has windows of one place, so that its places can be divided.</summary>
    public static bool CanShare(Unwindow unwindow) => unwindow.Axes[0] is { Kernel: 1, Stride: 1, Padding: 0, Out: > 1 };

    private static string Emit(Unwindow unwindow, RegionOperands operands, VectorWidth width, bool isShared)
    {
        var writer = new SourceWriter();
        var axes = unwindow.Axes;
        var inputStrides = unwindow.Output.Shape.Strides();
        var outputStrides = unwindow.Inputs[0].Shape.Strides();
        var isMax = unwindow.Kind == WindowKind.Max;
        var target = operands[unwindow.Output];

        // Windows side by side that cover everything write each place exactly once, so nothing needs clearing.
        var isTiling = axes.All(axis => axis.Padding == 0 && axis.Dilation == 1 && axis.Kernel == axis.Stride && axis.Out * axis.Stride == axis.In);
        if (!isTiling)
        {
            var words = inputStrides[0] * Lanes;
            writer.Line(isShared
                ? $"MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref {target}, {axes[0].In} * part / parts * {words}), (({axes[0].In} * (part + 1) / parts) - ({axes[0].In} * part / parts)) * {words}).Clear();"
                : $"MemoryMarshal.CreateSpan(ref {target}, {unwindow.Output.Shape.Count * Lanes}).Clear();");
        }

        var loops = new Stack<SourceWriter.Scope>();
        loops.Push(writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})"));
        var from = new OffsetText().Add("lane", 1);
        for (var axis = 0; axis < axes.Count; axis++)
        {
            loops.Push(writer.Block(SharedLoop.For(isShared && axis == 0, $"p{axis}", axes[axis].Out)));
            from.Add($"p{axis}", outputStrides[axis] * Lanes);
        }

        writer.Line($"var at = {from};");
        writer.Line($"var value = {width.Type}.LoadUnsafe<float>(ref Unsafe.Add<float>(ref {operands[unwindow.Inputs[0]]}, at));");
        if (isMax)
        {
            writer.Line($"var position = {width.Type}.LoadUnsafe<float>(ref Unsafe.Add<float>(ref {operands[unwindow.Inputs[1]]}, at)).AsInt32();");
        }

        var to = new OffsetText().Add("lane", 1);
        var tap = new OffsetText();
        var tapStride = axes.Aggregate(1, (product, axis) => product * axis.Kernel);
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var a = axes[axis];
            tapStride /= a.Kernel;
            to.Add($"p{axis}", a.Stride * inputStrides[axis] * Lanes);
            if (a.Kernel == 1 && a.Padding == 0)
            {
                continue;
            }

            loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {a.Kernel}; k{axis}++)"));
            to.Add($"k{axis}", a.Dilation * inputStrides[axis] * Lanes).Add("1", -a.Padding * inputStrides[axis] * Lanes);
            tap.Add($"k{axis}", tapStride);
            if (a.Padding > 0 || ((a.Out - 1) * a.Stride) + ((a.Kernel - 1) * a.Dilation) >= a.In)
            {
                using (writer.Block($"if ((uint)((p{axis} * {a.Stride}) + (k{axis} * {a.Dilation}) - {a.Padding}) >= {a.In})"))
                {
                    writer.Line("continue;");
                }
            }
        }

        var part = isMax
            ? $"{width.Type}.ConditionalSelect<float>({width.Type}.Equals<int>(position, {width.Type}.Create<int>({tap})).AsSingle(), value, {width.Type}<float>.Zero)"
            : "value";
        writer.Line($"ref var place = ref Unsafe.Add<float>(ref {target}, {to});");
        writer.Line(isTiling
            ? $"{part}.StoreUnsafe<float>(ref place);"
            : $"({width.Type}.LoadUnsafe<float>(ref place) + {part}).StoreUnsafe<float>(ref place);");
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();
    }
}
