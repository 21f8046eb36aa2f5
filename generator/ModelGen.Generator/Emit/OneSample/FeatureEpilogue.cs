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
internal sealed class FeatureEpilogue(SourceWriter writer, VectorWidth width, Region region, IReadOnlyCollection<Value> stored, RegionOperands operands)
{
    private readonly FeatureLayout _layout = FeatureLayout.Of(region.Iteration);
    private readonly Dictionary<string, string> _bases = [];
    private readonly Dictionary<string, string> _rowReads = [];

    /// <summary>Writes a reference for everything that is read or stored.</summary>
    /// <param name="places">The first place of the tile, as variables times places.</param>
    /// <param name="channels">The first channel of the tile, as a sum of variables.</param>
    public void Begin(IEnumerable<(string Factor, int Places)> places, IEnumerable<string> channels)
    {
        var terms = places.ToList();
        var channelTerms = channels.ToList();
        foreach (var (value, view) in Reads().Where(read => read.View != FeatureView.Scalar).Concat(stored.Select(value => (Value: value, View: FeatureView.Full))))
        {
            var key = Key(value, view);
            if (_bases.ContainsKey(key))
            {
                continue;
            }

            var offset = new OffsetText();
            foreach (var (factor, count) in view == FeatureView.Full ? terms : [])
            {
                offset.Add(factor, count * _layout.Stride);
            }

            foreach (var channel in channelTerms)
            {
                offset.Add(channel, 1);
            }

            _bases[key] = "at" + Literal.Of(_bases.Count);
            writer.Line($"ref var {_bases[key]} = ref Unsafe.Add<float>(ref {operands[value]}, {offset});");
        }

        foreach (var (value, view) in Reads().Where(read => read.View == FeatureView.Scalar))
        {
            Keep(Key(value, view), $"{width.Type}.Create<float>({operands[value]})");
        }
    }

    /// <summary>Loads what is the same for all places of a row of the tile.</summary>
    public void BeginRow(int row)
    {
        foreach (var (value, view) in Reads().Where(read => read.View == FeatureView.Channel))
        {
            Keep($"{Key(value, view)}:{row}", $"{width.Type}.LoadUnsafe<float>(ref {_bases[Key(value, view)]}{Comma(row * width.Lanes)})");
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
                input => Read(map.Inputs[input], map.Views[input]),
                axis => throw new InvalidOperationException($"{map.Layer}: a place is not known here."),
                uniform => throw new InvalidOperationException($"{map.Layer}: a prediction draws no random numbers."));
            var local = names.Unique("r");
            writer.Line($"var {local} = {text};");
            results[map.Output] = local;
            Store(map.Output);
        }

        return results;

        string Read(Value value, Shape shape)
        {
            if (results.TryGetValue(value, out var local))
            {
                return local;
            }

            var view = FeatureViews.Of(value, shape, region.Iteration);
            return view switch
            {
                FeatureView.Full => Load(value, row, column),
                FeatureView.Channel => _rowReads[$"{Key(value, view)}:{row}"],
                _ => _rowReads[Key(value, view)],
            };
        }

        void Store(Value value)
        {
            if (stored.Contains(value))
            {
                writer.Line($"{results[value]}.StoreUnsafe<float>(ref {_bases[Key(value, FeatureView.Full)]}{Comma(Delta(row, column))});");
            }
        }
    }

    /// <summary>The vector of a value at a place of the tile.</summary>
    public string Load(Value value, int row, int column) =>
        $"{width.Type}.LoadUnsafe<float>(ref {_bases[Key(value, FeatureView.Full)]}{Comma(Delta(row, column))})";

    private int Delta(int row, int column) => (column * _layout.Stride) + (row * width.Lanes);

    private void Keep(string key, string text)
    {
        if (!_rowReads.ContainsKey(key))
        {
            _rowReads[key] = "b" + Literal.Of(_rowReads.Count);
            writer.Line($"var {_rowReads[key]} = {text};");
        }
    }

    /// <summary>What maps and sums read from memory.</summary>
    private IEnumerable<(Value Value, FeatureView View)> Reads() => region.Maps
        .SelectMany(map => map.Inputs.Zip(map.Views, (value, view) => (value, view)))
        .Concat(region.Nodes.OfType<Reduce>().Select(reduce => (value: reduce.Inputs[0], view: reduce.Inputs[0].Shape)))
        .Where(read => !region.Makes(read.value))
        .Select(read => (read.value, FeatureViews.Of(read.value, read.view, region.Iteration)));

    private string Key(Value value, FeatureView view) => operands[value] + ":" + view;

    private static string Comma(int offset) => offset == 0 ? "" : ", " + Literal.Of(offset);
}
