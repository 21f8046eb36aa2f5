using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>
/// Emits one node of a single sample in row-major order: what features in the lanes do not serve, such as a softmax over the
/// channels of every pixel, norms of groups of channels, permutations. Runs of neighbours are vectors, the rest is scalar.
/// </summary>
internal sealed class RowMajorKernel
{
    /// <summary>Shorter runs are scalar: a vector would hardly be filled.</summary>
    private const int ShortestRun = 4;

    private readonly Node _node;
    private readonly Dictionary<Value, string> _operands = [];

    private RowMajorKernel(Node node)
    {
        _node = node;
        foreach (var input in node.Inputs.Where(input => !_operands.ContainsKey(input)))
        {
            _operands[input] = "in" + Literal.Of(_operands.Count);
        }

        _operands[node.Output] = "out0";
    }

    /// <summary>Something in memory: its first word, and the words from one place to the next along each axis.</summary>
    private sealed record Place(string Operand, int Start, int[] Strides);

    public static Kernel Create(Region region, string name)
    {
        var kernel = new RowMajorKernel(region.Anchor);
        var node = region.Anchor;
        return new Kernel(name, $"{node.Layer} of one sample, element by element: {node.Name} {node.Details} of {node.Inputs[0].Shape}.", [.. kernel._operands.Select(operand => new Operand(operand.Value, operand.Key))], width => [kernel.Emit(width)]);
    }

    private string Emit(VectorWidth width)
    {
        var writer = new SourceWriter();
        switch (_node)
        {
            case Map map:
                EmitMap(writer, width, map.Shape.Extents, [.. map.Inputs.Zip(map.Views, (input, view) => new Place(_operands[input], 0, ViewStrides.Of(view)))], Whole(map.Output), map.Body);
                break;
            case Reduce reduce:
                EmitReduce(writer, width, reduce);
                break;
            case Permute permute:
                var source = permute.Inputs[0].Shape.Strides();
                EmitCopy(writer, width, permute.Output.Shape, new Place(_operands[permute.Inputs[0]], 0, [.. permute.Axes.Select(axis => source[axis])]), Whole(permute.Output));
                break;
            case Concat concat:
                for (var i = 0; i < concat.Inputs.Count; i++)
                {
                    EmitCopy(writer, width, concat.Inputs[i].Shape, Whole(concat.Inputs[i]), Part(concat.Output, concat.Axis, concat.Start(i)));
                }

                break;
            case Slice slice:
                EmitCopy(writer, width, slice.Output.Shape, Part(slice.Inputs[0], slice.Axis, slice.Start), Whole(slice.Output));
                break;
            case Unslice unslice:
                Clear(writer, unslice.Output);
                EmitCopy(writer, width, unslice.Inputs[0].Shape, Whole(unslice.Inputs[0]), Part(unslice.Output, unslice.Axis, unslice.Start));
                break;
            case Window window:
                EmitWindow(writer, window.Axes, window.Inputs[0], window.Output, window.Kind);
                break;
            case Unwindow unwindow:
                EmitUnwindow(writer, unwindow);
                break;
            default:
                throw new InvalidOperationException($"{_node.Layer}: {_node.Name} of one sample is not emitted.");
        }

        return writer.ToString();
    }

    private Place Whole(Value value) => new(_operands[value], 0, ViewStrides.Of(value.Shape));

    private Place Part(Value value, int axis, int start) => new(_operands[value], start * value.Shape.Strides()[axis], value.Shape.Strides());

    private void Clear(SourceWriter writer, Value value) =>
        writer.Line($"MemoryMarshal.CreateSpan(ref {_operands[value]}, {Literal.Of(value.Shape.Count)}).Clear();");

    private static void EmitCopy(SourceWriter writer, VectorWidth width, Shape shape, Place source, Place target) =>
        EmitMap(writer, width, shape.Extents, [source], target, Scalar.Read(0));

    /// <summary>A map: loops over the places, the innermost in vectors where everything is read there in a run or not moved at all.</summary>
    private static void EmitMap(SourceWriter writer, VectorWidth width, IReadOnlyList<int> extents, IReadOnlyList<Place> reads, Place target, Scalar body)
    {
        var coordinates = body.Parts().OfType<Scalar.CoordinateNode>().Select(node => node.Axis).Distinct().ToList();
        var nest = LoopNest.Create(extents, [.. Enumerable.Range(0, extents.Count)], [.. reads.Select(read => read.Strides), target.Strides], coordinates, 0);
        var last = nest.Loops.Count - 1;
        var isRun = last >= 0
            && nest.Loops[last].Count >= ShortestRun
            && nest.Step(target.Strides, last) == 1
            && reads.All(read => nest.Step(read.Strides, last) is 0 or 1)
            && !coordinates.Any(axis => nest.Loops[last].Axes.Contains(axis));
        using (nest.Open(writer, 0, isRun ? last : last + 1))
        {
            if (isRun)
            {
                EmitRun(writer, width, LoopNest.Variable(last), nest.Loops[last].Count, Body);
            }
            else
            {
                Body(VectorWidth.V128, isScalar: true);
            }
        }

        void Body(VectorWidth bodyWidth, bool isScalar)
        {
            var text = new VectorExpressions(writer, bodyWidth, new NameScope()).Write(
                body,
                input => Load(nest, reads[input], bodyWidth, isScalar || nest.Step(reads[input].Strides, last) == 0, isScalar),
                nest.Coordinate,
                uniform => throw new InvalidOperationException("A prediction draws no random numbers."));
            var place = At(target.Operand, nest, target);
            writer.Line(isScalar ? $"{place} = ({text}).ToScalar();" : $"({text}).StoreUnsafe<float>(ref {place});");
        }
    }

    /// <summary>
    /// Sums and log Σ exp: the kept places in loops around those summed over. Vectors run along the kept places where those are
    /// neighbours, along the summed ones otherwise.
    /// </summary>
    private void EmitReduce(SourceWriter writer, VectorWidth width, Reduce reduce)
    {
        var shape = reduce.Inputs[0].Shape;
        var kept = Enumerable.Range(0, shape.Rank).Where(axis => !reduce.Axes.Contains(axis)).ToList();
        var summed = reduce.Axes.OrderBy(axis => axis).ToList();
        var sums = new int[shape.Rank];
        foreach (var (axis, stride) in kept.Zip(new Shape(kept.Select(axis => shape[axis])).Strides(), (axis, stride) => (axis, stride)))
        {
            sums[axis] = shape[axis] == 1 ? 0 : stride;
        }

        var (source, target) = (Whole(reduce.Inputs[0]), new Place(_operands[reduce.Output], 0, sums));
        var nest = LoopNest.Create(shape.Extents, [.. kept, .. summed], [source.Strides, sums], [], kept.Count);
        var outer = nest.Loops.TakeWhile(loop => kept.Contains(loop.Axes[0])).Count();
        var isVertical = outer > 0 && nest.Loops[outer - 1].Count >= ShortestRun && nest.Step(source.Strides, outer - 1) == 1;
        using (nest.Open(writer, 0, isVertical ? outer - 1 : outer))
        {
            if (isVertical)
            {
                EmitRun(writer, width, LoopNest.Variable(outer - 1), nest.Loops[outer - 1].Count, (bodyWidth, isScalar) =>
                {
                    EmitColumn(writer, bodyWidth, reduce.Kind, nest, outer, source, isScalar);
                    writer.Line(isScalar ? $"{At(target.Operand, nest, target, outer)} = result.ToScalar();" : $"result.StoreUnsafe<float>(ref {At(target.Operand, nest, target, outer)});");
                });
            }
            else
            {
                EmitRow(writer, width, reduce.Kind, nest, outer, source);
                writer.Line($"{At(target.Operand, nest, target, outer)} = result;");
            }
        }
    }

    /// <summary>One vector of kept places (or one of them, as the first lane), over all that is summed.</summary>
    private static void EmitColumn(SourceWriter writer, VectorWidth width, ReduceKind kind, LoopNest nest, int outer, Place source, bool isScalar)
    {
        var load = Load(nest, source, width, isBroadcast: isScalar, isScalar);
        if (kind == ReduceKind.LogSumExp)
        {
            writer.Line($"var largest = {width.Type}.Create<float>(float.NegativeInfinity);");
            Over($"largest = {width.Type}.MaxNative<float>(largest, {load});");
        }

        writer.Line($"var sum = {width.Type}<float>.Zero;");
        Over(kind == ReduceKind.LogSumExp ? $"sum += VectorMath.Exp({load} - largest);" : $"sum += {load};");
        writer.Line($"var result = {(kind == ReduceKind.LogSumExp ? "largest + VectorMath.Log(sum)" : "sum")};");

        void Over(string statement)
        {
            using (nest.Open(writer, outer, nest.Loops.Count))
            {
                writer.Line(statement);
            }
        }
    }

    /// <summary>One kept place: vectors along what is summed where that is a run, and the sum across them.</summary>
    private static void EmitRow(SourceWriter writer, VectorWidth width, ReduceKind kind, LoopNest nest, int outer, Place source)
    {
        var last = nest.Loops.Count - 1;
        var isRun = last >= outer && nest.Loops[last].Count >= width.Lanes && nest.Step(source.Strides, last) == 1;
        var isLog = kind == ReduceKind.LogSumExp;
        if (isLog)
        {
            Pass("largest", "float.NegativeInfinity", (sum, x) => $"{{0}}.MaxNative<float>({sum}, {x})", "FeatureLanes.Max");
        }

        Pass("sum", "0f", (sum, x) => isLog ? $"{sum} + VectorMath.Exp({x} - {{0}}.Create<float>(largest))" : $"{sum} + {x}", null);
        writer.Line($"var result = {(isLog ? "largest + VectorMath.Log(Vector128.CreateScalar(sum)).ToScalar()" : "sum")};");

        void Pass(string name, string start, Func<string, string, string> join, string? across)
        {
            if (isRun)
            {
                writer.Line($"var {name}s = {width.Type}.Create<float>({start});");
            }

            // What is left over joins one lane of its own.
            writer.Line($"var {name}Rest = Vector128.Create<float>({start});");
            using (nest.Open(writer, outer, isRun ? last : last + 1))
            {
                if (isRun)
                {
                    EmitRun(writer, width, LoopNest.Variable(last), nest.Loops[last].Count, (bodyWidth, isScalar) =>
                        writer.Line($"{name}{(isScalar ? "Rest" : "s")} = {string.Format(join(name + (isScalar ? "Rest" : "s"), Load(nest, source, bodyWidth, isScalar, isScalar)), bodyWidth.Type)};"));
                }
                else
                {
                    writer.Line($"{name}Rest = {string.Format(join(name + "Rest", Load(nest, source, VectorWidth.V128, isBroadcast: true, isScalar: true)), "Vector128")};");
                }
            }

            var rest = $"{name}Rest.ToScalar()";
            writer.Line($"var {name} = {(!isRun ? rest : across is null ? $"{width.Type}.Sum<float>({name}s) + {rest}" : $"MathF.Max({across}({name}s), {rest})")};");
        }
    }

    private void EmitWindow(SourceWriter writer, IReadOnlyList<ContractAxis> axes, Value input, Value output, WindowKind kind)
    {
        var isMax = kind == WindowKind.Max;
        var loops = new Stack<SourceWriter.Scope>();
        var (from, to) = (new OffsetText(), new OffsetText());
        for (var axis = 0; axis < axes.Count; axis++)
        {
            loops.Push(writer.Block($"for (var p{axis} = 0; p{axis} < {axes[axis].Out}; p{axis}++)"));
            to.Add($"p{axis}", output.Shape.Strides()[axis]);
        }

        writer.Line($"var s = {(isMax ? "float.NegativeInfinity" : "0f")};");
        var outer = loops.Count;
        for (var axis = 0; axis < axes.Count; axis++)
        {
            loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {axes[axis].Kernel}; k{axis}++)"));
            SourcePlace.Declare(writer, axes[axis], $"f{axis}", $"p{axis}", $"k{axis}");
            SourcePlace.SkipOutside(writer, axes[axis], $"f{axis}");
            from.Add($"f{axis}", input.Shape.Strides()[axis]);
        }

        var x = $"Unsafe.Add<float>(ref {_operands[input]}, {from})";
        writer.Line(isMax ? $"s = MathF.Max(s, {x});" : $"s += {x};");
        while (loops.Count > outer)
        {
            loops.Pop().Dispose();
        }

        writer.Line($"Unsafe.Add<float>(ref {_operands[output]}, {to}) = s;");
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    private void EmitUnwindow(SourceWriter writer, Unwindow unwindow)
    {
        Clear(writer, unwindow.Output);
        var loops = new Stack<SourceWriter.Scope>();
        var (from, to) = (new OffsetText(), new OffsetText());
        for (var axis = 0; axis < unwindow.Axes.Count; axis++)
        {
            var a = unwindow.Axes[axis];
            loops.Push(writer.Block($"for (var p{axis} = 0; p{axis} < {a.Out}; p{axis}++)"));
            loops.Push(writer.Block($"for (var k{axis} = 0; k{axis} < {a.Kernel}; k{axis}++)"));
            SourcePlace.Declare(writer, a, $"f{axis}", $"p{axis}", $"k{axis}");
            SourcePlace.SkipOutside(writer, a, $"f{axis}");
            from.Add($"p{axis}", unwindow.Inputs[0].Shape.Strides()[axis]);
            to.Add($"f{axis}", unwindow.Output.Shape.Strides()[axis]);
        }

        writer.Line($"Unsafe.Add<float>(ref {_operands[unwindow.Output]}, {to}) += Unsafe.Add<float>(ref {_operands[unwindow.Inputs[0]]}, {from});");
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    /// <summary>A loop in vectors, and what is left over one by one: the same statements for the first lane of the narrowest vector.</summary>
    private static void EmitRun(SourceWriter writer, VectorWidth width, string variable, int count, Action<VectorWidth, bool> body)
    {
        var whole = count / width.Lanes * width.Lanes;
        if (whole > 0)
        {
            using (writer.Block($"for (var {variable} = 0; {variable} < {Literal.Of(whole)}; {variable} += {width.Lanes})"))
            {
                body(width, false);
            }
        }

        if (whole < count)
        {
            using (writer.Block($"for (var {variable} = {Literal.Of(whole)}; {variable} < {Literal.Of(count)}; {variable}++)"))
            {
                body(VectorWidth.V128, true);
            }
        }
    }

    private static string Load(LoopNest nest, Place place, VectorWidth width, bool isBroadcast, bool isScalar)
    {
        var at = At(place.Operand, nest, place);
        return isScalar ? $"Vector128.CreateScalar<float>({at})" : isBroadcast ? $"{width.Type}.Create<float>({at})" : $"{width.Type}.LoadUnsafe<float>(ref {at})";
    }

    /// <summary>The word of something at the places of the loops, or of the first of them only.</summary>
    private static string At(string operand, LoopNest nest, Place place, int depth = int.MaxValue)
    {
        var offset = new OffsetText().Add(Literal.Of(place.Start), 1);
        for (var loop = 0; loop < Math.Min(depth, nest.Loops.Count); loop++)
        {
            offset.Add(LoopNest.Variable(loop), nest.Step(place.Strides, loop));
        }

        var text = offset.ToString();
        return text == "0" ? operand : $"Unsafe.Add<float>(ref {operand}, {text})";
    }
}
