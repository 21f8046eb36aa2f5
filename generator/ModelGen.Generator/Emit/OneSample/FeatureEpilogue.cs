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
/// Emits the maps of a region and the stores for a tile of channels by places, features in the lanes: first the places in
/// memory, then for every row of the tile what belongs to its channels, then each vector.
/// </summary>
/// <param name="writer">Takes the statements.</param>
/// <param name="width">The vectors.</param>
/// <param name="region">The maps.</param>
/// <param name="stored">The values that something outside the region reads.</param>
/// <param name="operands">The parameters of the kernel.</param>
/// <param name="coordinate">The place along an axis, as an integer expression; only a loop over places knows.</param>
internal sealed class FeatureEpilogue(
    SourceWriter writer, VectorWidth width, Region region, IReadOnlyCollection<Value> stored, RegionOperands operands, Func<int, string>? coordinate = null)
{
    private readonly Dictionary<string, string> _bases = [];
    private readonly Dictionary<string, string> _rowReads = [];

    /// <summary>Writes a reference for everything that is read or stored.</summary>
    /// <param name="places">The first place of the tile, as variables times places.</param>
    /// <param name="channels">The first channel of the tile, as a sum of variables.</param>
    /// <param name="offset">Where a value is that moves by the given words along each axis of places; only a loop over places knows.</param>
    public void Begin(IEnumerable<(string Factor, int Places)> places, IEnumerable<string> channels, Func<int[], string>? offset = null)
    {
        var terms = places.ToList();
        var channelTerms = channels.ToList();
        foreach (var read in Reads().Where(read => read.View != FeatureView.Scalar).Concat(stored.Select(value => new Read(value, FeatureView.Full, region.Iteration))))
        {
            var key = Key(read);
            if (_bases.ContainsKey(key))
            {
                continue;
            }

            var at = new OffsetText();
            if (offset is not null && read.View is FeatureView.Full or FeatureView.Repeated)
            {
                at.Add(offset(FeatureViews.PlaceStrides(read.Value, read.Shape)), 1);
            }
            else
            {
                foreach (var (factor, count) in read.View == FeatureView.Full ? terms : [])
                {
                    at.Add(factor, count * FeatureStorage.Stride(read.Value));
                }
            }

            foreach (var channel in IsOneChannel(read) ? [] : channelTerms)
            {
                at.Add(channel, 1);
            }

            _bases[key] = "at" + Literal.Of(_bases.Count);
            writer.Line($"ref var {_bases[key]} = ref Unsafe.Add<float>(ref {operands[read.Value]}, {at});");
        }

        foreach (var (value, view, shape) in Reads().Where(read => read.View == FeatureView.Scalar))
        {
            Keep(Key(new(value, view, shape)), $"{width.Type}.Create<float>({operands[value]})");
        }
    }

    /// <summary>Loads what is the same for all places of a row of the tile.</summary>
    public void BeginRow(int row)
    {
        foreach (var read in Reads().Where(read => read.View == FeatureView.Channel))
        {
            Keep($"{Key(read)}:{row}", $"{width.Type}.LoadUnsafe<float>(ref {_bases[Key(read)]}{Literal.Comma(row * width.Lanes)})");
        }
    }

    /// <summary>Evaluates the maps for one vector of the tile and stores what is wanted; returns the locals of all results.</summary>
    public IReadOnlyDictionary<Value, string> Emit(int row, int column, Value? anchor, string? register)
    {
        var names = new NameScope();
        var results = new Dictionary<Value, string>();
        var expressions = new VectorExpressions(writer, width, names);
        if (anchor is not null)
        {
            results[anchor] = register!;
            Store(anchor);
        }

        foreach (var map in region.Maps)
        {
            var text = expressions.Write(
                map.Body,
                input => TextOf(map.Inputs[input], map.Views[input]),
                axis => coordinate?.Invoke(axis) ?? throw new InvalidOperationException($"{map.Layer}: a place is not known here."),
                uniform => throw new InvalidOperationException($"{map.Layer}: a prediction draws no random numbers."));
            var local = names.Unique("r");
            writer.Line($"var {local} = {text};");
            results[map.Output] = local;
            Store(map.Output);
        }

        return results;

        string TextOf(Value value, Shape shape)
        {
            if (results.TryGetValue(value, out var local))
            {
                return local;
            }

            var read = new Read(value, FeatureViews.Of(value, shape, region.Iteration), shape);
            return read.View switch
            {
                FeatureView.Full => Load(value, row, column),
                FeatureView.Channel => _rowReads[$"{Key(read)}:{row}"],
                FeatureView.Repeated when IsOneChannel(read) => $"{width.Type}.Create<float>({_bases[Key(read)]})",
                FeatureView.Repeated => $"{width.Type}.LoadUnsafe<float>(ref {_bases[Key(read)]}{Literal.Comma(row * width.Lanes)})",
                _ => _rowReads[Key(read)],
            };
        }

        void Store(Value value)
        {
            if (stored.Contains(value))
            {
                writer.Line($"{results[value]}.StoreUnsafe<float>(ref {_bases[Key(new(value, FeatureView.Full, region.Iteration))]}{Literal.Comma(Delta(value, row, column))});");
            }
        }
    }

    /// <summary>The vector of a value at a place of the tile.</summary>
    public string Load(Value value, int row, int column) =>
        $"{width.Type}.LoadUnsafe<float>(ref {_bases[Key(new(value, FeatureView.Full, region.Iteration))]}{Literal.Comma(Delta(value, row, column))})";

    private int Delta(Value value, int row, int column) => (column * FeatureStorage.Stride(value)) + (row * width.Lanes);

    private void Keep(string key, string text)
    {
        if (!_rowReads.ContainsKey(key))
        {
            _rowReads[key] = "b" + Literal.Of(_rowReads.Count);
            writer.Line($"var {_rowReads[key]} = {text};");
        }
    }

    /// <summary>A value as a map reads it.</summary>
    private readonly record struct Read(Value Value, FeatureView View, Shape Shape);

    /// <summary>Whether the only channel of a value is read for all channels.</summary>
    private bool IsOneChannel(Read read) => read.View == FeatureView.Repeated && read.Shape[0] == 1 && region.Iteration[0] > 1;

    /// <summary>What maps and sums read from memory.</summary>
    private IEnumerable<Read> Reads() => region.Maps
        .SelectMany(map => map.Inputs.Zip(map.Views, (value, view) => (value, view)))
        .Concat(region.Nodes.OfType<Reduce>().Select(reduce => (value: reduce.Inputs[0], view: reduce.Inputs[0].Shape)))
        .Where(read => !region.Makes(read.value))
        .Select(read => new Read(read.value, FeatureViews.Of(read.value, read.view, region.Iteration), read.view));

    private string Key(Read read) => $"{operands[read.Value]}:{(read.View == FeatureView.Repeated ? read.Shape.ToString() : read.View.ToString())}";
}
