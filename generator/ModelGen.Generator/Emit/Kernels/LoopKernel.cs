using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits a region of maps and sums: one loop nest in which each value is loaded as far out as it can be, each map is a few
/// vector instructions, and only what others need is stored. Lanes are samples.
/// </summary>
/// <remarks>
/// A sum over samples is left as a vector of lanes for each kept place, multiplied with the mask; adding up the lanes is a
/// step of its own, so that the order of additions is the same for every vector width.
/// </remarks>
internal sealed class LoopKernel
{
    private const int Lanes = VectorWidth.BlockLanes;

    private readonly Region _region;
    private readonly RegionOperands _operands;
    private readonly HashSet<Value> _stored;
    private readonly Value? _mask;
    private readonly LoopNest _nest;
    private readonly int[] _outputStrides;
    private readonly int[] _sumStrides;
    private readonly int _sumDepth;
    private readonly bool _isShared;

    private LoopKernel(Region region, IReadOnlyCollection<Value> stored, Value? mask, bool isShared)
    {
        _region = region;
        _stored = [.. stored];
        _mask = mask;
        var sums = region.Nodes.OfType<Reduce>().ToList();
        IEnumerable<Value> inputs = sums.Any(sum => sum.OverSamples) ? region.Inputs.Concat([mask!]) : region.Inputs;
        _operands = new RegionOperands(inputs, stored);

        var shape = region.Iteration;
        var reduced = sums.Count > 0 ? sums[0].Axes : [];
        var kept = Enumerable.Range(0, shape.Rank).Where(axis => !reduced.Contains(axis)).ToList();
        _outputStrides = ViewStrides.Of(shape);
        _sumStrides = SumStrides(shape, kept);
        var coordinates = region.Maps.SelectMany(map => map.Body.Parts()).OfType<Scalar.CoordinateNode>().Select(node => node.Axis).Distinct().ToList();
        var strides = Reads().Select(read => read.Strides).Concat([_outputStrides, _sumStrides]).ToList();
        strides.AddRange(Uniforms().Select(node => UniformStrides(node)));
        _nest = LoopNest.Create(shape.Extents, [.. kept, .. reduced], strides, coordinates, reduced.Count > 0 ? kept.Count : 0);
        _sumDepth = _nest.Loops.TakeWhile(loop => kept.Contains(loop.Axes[0])).Count();

        // Only kept places can be divided: a sum is added up by one thread.
        _isShared = isShared && _sumDepth > 0;
    }

    /// <param name="region">Maps and sums over one iteration shape.</param>
    /// <param name="stored">The values that something outside the region reads.</param>
    /// <param name="mask">The lanes that hold samples; needed where the region sums over samples.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    /// <param name="name">The name wished for.</param>
    public static Kernel Create(Region region, IReadOnlyCollection<Value> stored, Value? mask, bool isShared, string name)
    {
        var kernel = new LoopKernel(region, stored, mask, isShared);
        return new Kernel(name, $"{Formulas.Places(region.Iteration)}: {Formulas.Of(region)}.", kernel._operands.All, kernel.Emit)
        {
            DrawsRandomNumbers = kernel.Uniforms().Any(),
            IsShared = kernel._isShared,
        };
    }

    private static int[] SumStrides(Shape shape, IReadOnlyList<int> kept)
    {
        var strides = new int[shape.Rank];
        var stride = 1;
        foreach (var axis in kept.Reverse())
        {
            strides[axis] = shape[axis] == 1 ? 0 : stride;
            stride *= shape[axis];
        }

        return strides;
    }

    private IEnumerable<Scalar.UniformNode> Uniforms() => _region.Maps.SelectMany(map => map.Body.Parts()).OfType<Scalar.UniformNode>().Distinct();

    private int[] UniformStrides(Scalar.UniformNode node)
    {
        var leading = new Shape(_region.Iteration.Extents.Take(node.Axes)).Strides();
        return Enumerable.Range(0, _region.Iteration.Rank).Select(axis => axis < node.Axes && _region.Iteration[axis] > 1 ? leading[axis] : 0).ToArray();
    }

    /// <summary>What is loaded from memory, each way of seeing a value once.</summary>
    private IEnumerable<(Value Value, int[] Strides)> Reads()
    {
        foreach (var map in _region.Maps)
        {
            for (var i = 0; i < map.Inputs.Count; i++)
            {
                if (!_region.Makes(map.Inputs[i]))
                {
                    yield return (map.Inputs[i], ViewStrides.Of(map.Views[i]));
                }
            }
        }

        foreach (var sum in _region.Nodes.OfType<Reduce>().Where(sum => !_region.Makes(sum.Inputs[0])))
        {
            yield return (sum.Inputs[0], ViewStrides.Of(sum.Inputs[0].Shape));
        }
    }

    private IReadOnlyList<string> Emit(VectorWidth width)
    {
        var writer = new SourceWriter();
        if (width.Lanes == Lanes)
        {
            EmitLoops(writer, width, "");
        }
        else
        {
            using (writer.Block($"for (nuint lane = 0; lane < {Lanes}; lane += {width.Lanes})"))
            {
                EmitLoops(writer, width, "lane");
            }
        }

        return [writer.ToString()];
    }

    private void EmitLoops(SourceWriter writer, VectorWidth width, string lane)
    {
        var names = new NameScope();
        var loaded = new Dictionary<string, string>();
        if (_operands.All.FirstOrDefault(operand => operand.Value == _mask) is { } mask)
        {
            names.Unique("mask");
            writer.Line($"var samples = {width.Type}.LoadUnsafe<float>(ref {mask.Name}{(lane.Length > 0 ? ", lane" : "")});");
        }

        Nest(0);

        void Nest(int depth)
        {
            foreach (var (value, strides) in Reads().Where(read => _nest.Depth(read.Strides) == depth))
            {
                Load(value, strides);
            }

            var sums = depth == _sumDepth ? _region.Nodes.OfType<Reduce>().ToList() : [];
            if (depth < _nest.Loops.Count)
            {
                foreach (var sum in sums)
                {
                    writer.Line($"var {SumName(sum)} = {width.Type}<float>.Zero;");
                }

                var variable = LoopNest.Variable(depth);
                var turns = _nest.Loops[depth].Count;
                using (writer.Block(_isShared && depth == 0
                    ? $"for (nuint {variable} = (nuint)({Literal.Of(turns)}L * part / parts), {variable}End = (nuint)({Literal.Of(turns)}L * (part + 1) / parts); {variable} < {variable}End; {variable}++)"
                    : $"for (nuint {variable} = 0; {variable} < {Literal.Of(turns)}; {variable}++)"))
                {
                    Nest(depth + 1);
                }
            }
            else
            {
                Body(sums.Count > 0);
            }

            foreach (var sum in sums)
            {
                var total = sum.OverSamples ? $"({SumName(sum)} * samples)" : SumName(sum);
                writer.Line($"{total}.StoreUnsafe<float>(ref {_operands[sum.Output]}{Comma(Join(_nest.Offset(_sumStrides, Lanes), lane))});");
            }
        }

        void Load(Value value, int[] strides)
        {
            var key = Key(value, strides);
            if (loaded.ContainsKey(key))
            {
                return;
            }

            var local = names.Unique("v");
            loaded[key] = local;
            var operand = _operands[value];
            var text = value.Scope == Scope.Model
                ? $"{width.Type}.Create<float>({Element(operand, _nest.Offset(strides, 1))})"
                : width.Load(value.Element, $"ref {operand}{Comma(Join(_nest.Offset(strides, Lanes), lane))}");
            writer.Line($"var {local} = {text};");
        }

        void Body(bool isWholeSum)
        {
            var results = new Dictionary<Value, string>();
            var expressions = new VectorExpressions(writer, width, names);
            foreach (var node in _region.Nodes)
            {
                if (node is Map map)
                {
                    var text = expressions.Write(
                        map.Body,
                        input => Read(map.Inputs[input], ViewStrides.Of(map.Views[input])),
                        _nest.Coordinate,
                        uniform => $"VectorRandom.Uniform{width.Bits}(key, {Literal.Of(uniform.Stream)}, sample{(lane.Length > 0 ? " + (uint)lane" : "")}, {UniformElement(uniform)})");
                    var local = names.Unique("r");
                    writer.Line($"var {local} = {text};");
                    results[map.Output] = local;
                    if (_stored.Contains(map.Output))
                    {
                        writer.Line($"{local}.StoreUnsafe<float>(ref {_operands[map.Output]}{Comma(Join(_nest.Offset(_outputStrides, Lanes), lane))});");
                    }
                }
                else if (node is Reduce sum)
                {
                    var term = Read(sum.Inputs[0], _outputStrides);
                    writer.Line(isWholeSum ? $"var {SumName(sum)} = {term};" : $"{SumName(sum)} += {term};");
                }
            }

            string Read(Value value, int[] strides) => results.TryGetValue(value, out var local) ? local : loaded[Key(value, strides)];
        }

        string UniformElement(Scalar.UniformNode node)
        {
            var offset = _nest.Offset(UniformStrides(node), 1);
            return offset.Length == 0 ? "0" : $"(int)({offset})";
        }

        string SumName(Reduce sum) => "sum" + Literal.Of(_region.Nodes.IndexOf(sum));

        string Key(Value value, int[] strides) => _operands[value] + ":" + string.Join(",", strides);
    }

    private static string Element(string operand, string offset) => offset.Length == 0 ? operand : $"Unsafe.Add<float>(ref {operand}, {offset})";

    private static string Join(string offset, string lane) => offset.Length == 0 ? lane : lane.Length == 0 ? offset : $"{offset} + {lane}";

    private static string Comma(string offset) => offset.Length == 0 ? "" : ", " + offset;
}
