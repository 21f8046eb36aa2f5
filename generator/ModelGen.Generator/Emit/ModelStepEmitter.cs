using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit;

/// <summary>
/// Emits what is computed once per model: products by the runtime, all else as plain scalar loops, because these values are a
/// few numbers a channel or rows of a small table.
/// </summary>
internal static class ModelStepEmitter
{
    /// <param name="writer">Takes the statements.</param>
    /// <param name="node">What is computed.</param>
    /// <param name="reference">Where a value lies.</param>
    /// <param name="isShared">Whether each of several threads does a part; only for nodes that <see cref="CanShare"/>.</param>
    public static void Emit(SourceWriter writer, Node node, Func<Value, string> reference, bool isShared)
    {
        writer.Line($"// {Formulas.Of(node)}.");
        using (writer.Block(""))
        {
            switch (node)
            {
                case Map map:
                    EmitMap(writer, map, reference, isShared);
                    break;
                case Reduce { Kind: ReduceKind.Sum } reduce when IsOverRows(reduce):
                    var columns = reduce.Output.Shape.Count;
                    writer.Line($"GroupSums.Total(ref {reference(reduce.Inputs[0])}, {columns}, {reduce.Inputs[0].Shape.Count / columns}, ref {reference(reduce.Output)}, {columns}{SharedLoop.MoreArguments(isShared)});");
                    break;
                case Reduce { Kind: ReduceKind.Sum } reduce:
                    EmitSum(writer, reduce, reference);
                    break;
                case Contract contract:
                    EmitProduct(writer, contract, reference, isShared);
                    break;
                case Concat concat:
                    EmitConcat(writer, concat, reference);
                    break;
                case Slice slice:
                    EmitPart(writer, slice.Output.Shape, reference(slice.Inputs[0]), slice.Inputs[0].Shape, slice.Start * slice.Inputs[0].Shape.Strides()[slice.Axis], reference(slice.Output), slice.Output.Shape, 0);
                    break;
                case Unslice unslice:
                    writer.Line($"MemoryMarshal.CreateSpan(ref {reference(unslice.Output)}, {unslice.Output.Shape.Count}).Clear();");
                    EmitPart(writer, unslice.Inputs[0].Shape, reference(unslice.Inputs[0]), unslice.Inputs[0].Shape, 0, reference(unslice.Output), unslice.Output.Shape, unslice.Start * unslice.Output.Shape.Strides()[unslice.Axis]);
                    break;
                default:
                    throw new InvalidOperationException($"{node.Layer}: {node.Name} of values per model is not emitted.");
            }
        }
    }

    /// <summary>Whether a node can be divided among threads.</summary>
    public static bool CanShare(Node node) => node is Contract or Map { Shape.Rank: > 0 } || (node is Reduce { Kind: ReduceKind.Sum } reduce && IsOverRows(reduce));

    /// <summary>Whether the first axes are summed over, and the others kept.</summary>
    private static bool IsOverRows(Reduce reduce) => Enumerable.Range(0, reduce.Axes.Count).All(reduce.Axes.Contains);

    private static void EmitMap(SourceWriter writer, Map map, Func<Value, string> reference, bool isShared)
    {
        for (var i = 0; i < map.Inputs.Count; i++)
        {
            writer.Line($"ref var a{i} = ref {reference(map.Inputs[i])};");
        }

        writer.Line($"ref var y = ref {reference(map.Output)};");
        if (isShared)
        {
            writer.Line("var (part, parts) = (context.Part, context.Parts);");
        }

        var loops = OpenLoops(writer, map.Shape, isShared);
        var text = ScalarExpressions.Text(
            map.Body,
            input => $"Unsafe.Add<float>(ref a{input}, {Offset(ViewStrides.Of(map.Views[input]))})",
            axis => $"p{axis}");
        writer.Line($"Unsafe.Add<float>(ref y, {Offset(map.Shape.Strides())}) = {text};");
        Close(loops);
    }

    private static void EmitSum(SourceWriter writer, Reduce reduce, Func<Value, string> reference)
    {
        var shape = reduce.Inputs[0].Shape;
        writer.Line($"ref var a = ref {reference(reduce.Inputs[0])};");
        writer.Line($"ref var y = ref {reference(reduce.Output)};");
        writer.Line($"MemoryMarshal.CreateSpan(ref y, {reduce.Output.Shape.Count}).Clear();");
        var kept = new int[shape.Rank];
        var stride = 1;
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            if (!reduce.Axes.Contains(axis))
            {
                kept[axis] = stride;
                stride *= shape[axis];
            }
        }

        var loops = OpenLoops(writer, shape);
        writer.Line($"Unsafe.Add<float>(ref y, {Offset(kept)}) += Unsafe.Add<float>(ref a, {Offset(shape.Strides())});");
        Close(loops);
    }

    private static void EmitProduct(SourceWriter writer, Contract contract, Func<Value, string> reference, bool isShared)
    {
        var geometry = contract.Geometry;
        var rows = geometry.Axes.Aggregate(1, (product, axis) => product * axis.In);
        writer.Line($"MatrixProduct.{contract.Role}(ref {reference(contract.Inputs[0])}, ref {reference(contract.Inputs[1])}, ref {reference(contract.Output)}, {rows}, {geometry.InPerGroup}, {geometry.OutPerGroup}{SharedLoop.MoreArguments(isShared)});");
    }

    private static void EmitConcat(SourceWriter writer, Concat concat, Func<Value, string> reference)
    {
        var step = concat.Output.Shape.Strides()[concat.Axis];
        for (var i = 0; i < concat.Inputs.Count; i++)
        {
            EmitPart(writer, concat.Inputs[i].Shape, reference(concat.Inputs[i]), concat.Inputs[i].Shape, 0, reference(concat.Output), concat.Output.Shape, concat.Start(i) * step);
        }
    }

    /// <summary>Copies a box of the given shape from one place of a value to one of another.</summary>
    private static void EmitPart(SourceWriter writer, Shape box, string source, Shape from, int sourceStart, string target, Shape to, int targetStart)
    {
        var loops = OpenLoops(writer, box);
        writer.Line($"Unsafe.Add<float>(ref {target}, {Offset(to.Strides())} + {Literal.Of(targetStart)}) = Unsafe.Add<float>(ref {source}, {Offset(from.Strides())} + {Literal.Of(sourceStart)});");
        Close(loops);
    }

    private static Stack<SourceWriter.Scope> OpenLoops(SourceWriter writer, Shape shape, bool isShared = false)
    {
        var loops = new Stack<SourceWriter.Scope>();
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            loops.Push(writer.Block(SharedLoop.For(isShared && axis == 0, $"p{axis}", shape[axis])));
        }

        return loops;
    }

    private static void Close(Stack<SourceWriter.Scope> loops)
    {
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    private static string Offset(int[] strides)
    {
        var offset = new OffsetText();
        for (var axis = 0; axis < strides.Length; axis++)
        {
            offset.Add($"p{axis}", strides[axis]);
        }

        return offset.ToString();
    }
}
