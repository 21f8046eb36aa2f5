using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the moves along one axis that are no views: concatenation, slice and its transpose. Everything behind the axis is
/// copied as one run for each place before it.
/// </summary>
internal static class CopyKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <summary>A run of words that is copied, or cleared where there is no source, once for each outer place.</summary>
    private sealed record Piece(Value? Source, int SourceStart, int SourceStride, int TargetStart, int TargetStride, int Words);

    public static Kernel Create(Region region, string name)
    {
        var node = region.Anchor;
        var operands = new RegionOperands(region.Inputs, node.Outputs);
        return new Kernel(name, $"{node.Layer}: {node.Name} {node.Details}.", operands.All, _ => [Emit(node, operands)]);
    }

    private static string Emit(Node node, RegionOperands operands)
    {
        var writer = new SourceWriter();
        var (axis, pieces) = Divide(node);
        var outer = node.Output.Shape.Extents.Take(axis).Aggregate(1, (product, extent) => product * extent);
        using (writer.Block(outer > 1 ? $"for (var p = 0; p < {Literal.Of(outer)}; p++)" : ""))
        {
            foreach (var piece in pieces.Where(piece => piece.Words > 0))
            {
                var target = Span(operands[node.Output], piece.TargetStart, piece.TargetStride, piece.Words);
                writer.Line(piece.Source is null
                    ? $"{target}.Clear();"
                    : $"{Span(operands[piece.Source], piece.SourceStart, piece.SourceStride, piece.Words)}.CopyTo({target});");
            }
        }

        return writer.ToString();

        string Span(string operand, int start, int stride, int words)
        {
            var offset = new OffsetText().Add(outer > 1 ? "p" : "0", stride).Add("1", start);
            return $"MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref {operand}, {offset}), {Literal.Of(words)})";
        }
    }

    private static (int Axis, IReadOnlyList<Piece> Pieces) Divide(Node node)
    {
        switch (node)
        {
            case Concat concat:
                var whole = Run(concat.Output.Shape, concat.Axis);
                return (concat.Axis,
                [
                    .. concat.Inputs.Select((input, index) => new Piece(
                        input, 0, Run(input.Shape, concat.Axis), concat.Start(index) * Step(concat.Output.Shape, concat.Axis), whole, Run(input.Shape, concat.Axis))),
                ]);
            case Slice slice:
                return (slice.Axis,
                [
                    new Piece(
                        slice.Inputs[0], slice.Start * Step(slice.Output.Shape, slice.Axis), Run(slice.Inputs[0].Shape, slice.Axis), 0, Run(slice.Output.Shape, slice.Axis), Run(slice.Output.Shape, slice.Axis)),
                ]);
            case Unslice unslice:
                var (row, part) = (Run(unslice.Output.Shape, unslice.Axis), Run(unslice.Inputs[0].Shape, unslice.Axis));
                var first = unslice.Start * Step(unslice.Output.Shape, unslice.Axis);
                return (unslice.Axis,
                [
                    new Piece(null, 0, 0, 0, row, first),
                    new Piece(unslice.Inputs[0], 0, part, first, row, part),
                    new Piece(null, 0, 0, first + part, row, row - first - part),
                ]);
            default:
                throw new InvalidOperationException($"{node.Layer}: {node.Name} is no copy.");
        }
    }

    /// <summary>The words from one place along the axis to the next.</summary>
    private static int Step(Shape shape, int axis) => shape.Strides()[axis] * Lanes;

    /// <summary>The words of all places along the axis.</summary>
    private static int Run(Shape shape, int axis) => shape[axis] * Step(shape, axis);
}
