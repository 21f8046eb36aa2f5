using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit;

/// <summary>Emits what is computed once per model, as plain scalar loops: these values are a few numbers a channel.</summary>
internal static class ModelStepEmitter
{
    public static void Emit(SourceWriter writer, Node node, Func<Value, string> reference)
    {
        writer.Line($"// {node.Layer}: {node.Name} {node.Details}");
        using (writer.Block(""))
        {
            switch (node)
            {
                case Map map:
                    EmitMap(writer, map, reference);
                    break;
                case Reduce { Kind: ReduceKind.Sum } reduce:
                    EmitSum(writer, reduce, reference);
                    break;
                case Contract contract:
                    EmitProduct(writer, contract, reference);
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

    private static void EmitMap(SourceWriter writer, Map map, Func<Value, string> reference)
    {
        for (var i = 0; i < map.Inputs.Count; i++)
        {
            writer.Line($"ref var a{i} = ref {reference(map.Inputs[i])};");
        }

        writer.Line($"ref var y = ref {reference(map.Output)};");
        var loops = OpenLoops(writer, map.Shape);
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

    private static void EmitProduct(SourceWriter writer, Contract contract, Func<Value, string> reference)
    {
        var geometry = contract.Geometry;
        var rows = geometry.Axes.Aggregate(1, (product, axis) => product * axis.In);
        writer.Line($"MatrixProduct.{contract.Role}(ref {reference(contract.Inputs[0])}, ref {reference(contract.Inputs[1])}, ref {reference(contract.Output)}, {rows}, {geometry.InPerGroup}, {geometry.OutPerGroup});");
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

    private static Stack<SourceWriter.Scope> OpenLoops(SourceWriter writer, Shape shape)
    {
        var loops = new Stack<SourceWriter.Scope>();
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            loops.Push(writer.Block($"for (var p{axis} = 0; p{axis} < {shape[axis]}; p{axis}++)"));
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
