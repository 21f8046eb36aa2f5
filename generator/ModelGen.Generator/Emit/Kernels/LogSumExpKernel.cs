using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>Emits log Σ exp over axes: once through for the maximum, once for the sum around it. Lanes are samples.</summary>
internal static class LogSumExpKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <param name="region">The reduction.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, bool isShared, string name)
    {
        var reduce = (Reduce)region.Anchor;
        var operands = new RegionOperands(region.Inputs, reduce.Outputs);
        isShared &= reduce.Output.Shape.Rank > 0;
        return new Kernel(name, $"{reduce.Layer}: {reduce.Details} of {reduce.Inputs[0].Shape}.", operands.All, width => [Emit(reduce, operands, width, isShared)]) { IsShared = isShared };
    }

    private static string Emit(Reduce reduce, RegionOperands operands, VectorWidth width, bool isShared)
    {
        var writer = new SourceWriter();
        var shape = reduce.Inputs[0].Shape;
        var kept = Enumerable.Range(0, shape.Rank).Where(axis => !reduce.Axes.Contains(axis)).ToList();
        var strides = shape.Strides();
        var (x, y) = (operands[reduce.Inputs[0]], operands[reduce.Output]);
        var loops = new Stack<SourceWriter.Scope>();
        loops.Push(writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})"));
        var from = new OffsetText().Add("lane", 1);
        var to = new OffsetText().Add("lane", 1);
        var keptStrides = reduce.Output.Shape.Strides();
        for (var i = 0; i < kept.Count; i++)
        {
            loops.Push(writer.Block(SharedLoop.For(isShared && i == 0, $"p{i}", shape[kept[i]])));
            from.Add($"p{i}", strides[kept[i]] * Lanes);
            to.Add($"p{i}", keptStrides[i] * Lanes);
        }

        writer.Line($"ref var first = ref Unsafe.Add<float>(ref {x}, {from});");
        writer.Line($"var largest = {width.Type}.Create<float>(float.NegativeInfinity);");
        Over($"largest = {width.Type}.MaxNative<float>(largest, {width.Type}.LoadUnsafe<float>(ref first, {{0}}));");
        writer.Line($"var sum = {width.Type}<float>.Zero;");
        Over($"sum += VectorMath.Exp({width.Type}.LoadUnsafe<float>(ref first, {{0}}) - largest);");
        writer.Line($"(largest + VectorMath.Log(sum)).StoreUnsafe<float>(ref Unsafe.Add<float>(ref {y}, {to}));");
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }

        return writer.ToString();

        void Over(string statement)
        {
            var inner = new Stack<SourceWriter.Scope>();
            var offset = new OffsetText();
            for (var i = 0; i < reduce.Axes.Count; i++)
            {
                inner.Push(writer.Block($"for (nuint r{i} = 0; r{i} < {shape[reduce.Axes[i]]}; r{i}++)"));
                offset.Add($"r{i}", strides[reduce.Axes[i]] * Lanes);
            }

            writer.Line(string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, offset));
            while (inner.Count > 0)
            {
                inner.Pop().Dispose();
            }
        }
    }
}
