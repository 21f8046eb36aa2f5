using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>Emits pooling of a single sample with channels in the lanes: every window is a few vertical maxima or sums.</summary>
internal static class FeatureWindowKernel
{
    /// <summary>Windows of more places, and those that reach over the border, are loops.</summary>
    private const int MostUnrolled = 16;

    /// <param name="region">The windows and the maps behind them.</param>
    /// <param name="stored">The values that something outside the region reads.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, IReadOnlyCollection<Value> stored, bool isShared, string name)
    {
        var window = (Window)region.Anchor;
        var operands = new RegionOperands(region.Inputs, stored);
        var epilogue = Formulas.Behind(region);
        return new Kernel(name, $"{window.Layer} of one sample: {window.Details}{epilogue}.", operands.All, width => [Emit(region, stored, operands, width, isShared)]) { IsShared = isShared };
    }

    private static string Emit(Region region, IReadOnlyCollection<Value> stored, RegionOperands operands, VectorWidth kernelWidth, bool isShared)
    {
        var window = (Window)region.Anchor;
        var layout = FeatureLayout.Of(region.Iteration);
        var width = layout.Width(kernelWidth);
        var axes = window.Axes.Skip(1).ToList();
        var writer = new SourceWriter();
        var loops = new Stack<SourceWriter.Scope>();
        for (var axis = 0; axis < axes.Count; axis++)
        {
            loops.Push(writer.Block(SharedLoop.For(isShared && axis == 0, $"p{axis}", axes[axis].Out)));
        }

        var hasSeveral = layout.Stride > width.Lanes;
        if (hasSeveral)
        {
            loops.Push(writer.Block($"for (var c = 0; c < {layout.Stride}; c += {width.Lanes})"));
        }

        var channel = hasSeveral ? "c" : "0";
        var strides = new Shape(axes.Select(axis => axis.In)).Strides();
        var isInside = axes.All(axis => axis.InputPlace(0, 0) is not null && axis.InputPlace(axis.Out - 1, axis.Kernel - 1) is not null);
        if (isInside && axes.Aggregate(1, (product, axis) => product * axis.Kernel) <= MostUnrolled)
        {
            EmitUnrolled(writer, width, window, axes, strides, FeatureStorage.Stride(window.Inputs[0]), channel, operands[window.Inputs[0]]);
        }
        else
        {
            EmitLoops(writer, width, window, axes, strides, FeatureStorage.Stride(window.Inputs[0]), channel, operands[window.Inputs[0]]);
        }

        var outputs = new Shape(axes.Select(axis => axis.Out)).Strides();
        var tile = new FeatureEpilogue(writer, width, region, stored, operands);
        tile.Begin(axes.Select((_, axis) => ("p" + Literal.Of(axis), outputs[axis])), [channel]);
        tile.BeginRow(0);
        tile.Emit(0, 0, window.Output, "s");
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();
    }

    private static void EmitUnrolled(SourceWriter writer, VectorWidth width, Window window, IReadOnlyList<ContractAxis> axes, int[] strides, int channels, string channel, string source)
    {
        var offset = new OffsetText().Add(channel, 1);
        IEnumerable<int> taps = [0];
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var (a, stride) = (axes[axis], strides[axis] * channels);
            offset.Add($"p{axis}", a.Stride * stride).Add(Literal.Of(-a.Padding), stride);
            taps = [.. taps.SelectMany(tap => Enumerable.Range(0, a.Kernel).Select(k => tap + (k * a.Dilation * stride)))];
        }

        writer.Line($"ref var x = ref Unsafe.Add<float>(ref {source}, {offset});");
        var isFirst = true;
        foreach (var tap in taps)
        {
            var load = $"{width.Type}.LoadUnsafe<float>(ref x{(tap == 0 ? "" : ", " + Literal.Of(tap))})";
            writer.Line(isFirst ? $"var s = {load};" : $"s = {Join(width, window.Kind, load)};");
            isFirst = false;
        }
    }

    private static void EmitLoops(SourceWriter writer, VectorWidth width, Window window, IReadOnlyList<ContractAxis> axes, int[] strides, int channels, string channel, string source)
    {
        writer.Line(window.Kind == WindowKind.Max ? $"var s = {width.Type}.Create<float>(float.NegativeInfinity);" : $"var s = {width.Type}<float>.Zero;");
        var offset = new OffsetText().Add(channel, 1);
        var loops = new Stack<SourceWriter.Scope>();
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var a = axes[axis];
            loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {a.Kernel}; k{axis}++)"));
            writer.Line($"var f{axis} = (p{axis} * {a.Stride}) + (k{axis} * {a.Dilation}) - {a.Padding};");
            using (writer.Block($"if ((uint)f{axis} >= {a.In})"))
            {
                writer.Line("continue;");
            }

            writer.Line();
            offset.Add($"f{axis}", strides[axis] * channels);
        }

        writer.Line($"s = {Join(width, window.Kind, $"{width.Type}.LoadUnsafe<float>(ref Unsafe.Add<float>(ref {source}, {offset}))")};");
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    // The second operand is what MaxNative returns for a NaN: in this order one that was met before is kept.
    private static string Join(VectorWidth width, WindowKind kind, string next) =>
        kind == WindowKind.Max ? $"{width.Type}.MaxNative<float>({next}, s)" : $"s + {next}";
}
