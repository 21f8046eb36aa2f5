using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Emits the last third of Winograd's minimal filtering: from the products at 36 points to the 4×4 places of each tile, with
/// the maps of the region as epilogue. Tiles that the border cuts have methods of their own, which store only what exists.
/// </summary>
internal sealed class WinogradTileKernel
{
    private const int Lanes = VectorWidth.BlockLanes;
    private const int Tile = WinogradGeometry.Tile;

    private readonly Region _region;
    private readonly Value _result;
    private readonly HashSet<Value> _stored;
    private readonly RegionOperands _operands;
    private readonly WinogradGeometry _geometry;
    private readonly int[] _targetStrides;

    private WinogradTileKernel(Region region, IReadOnlyCollection<Value> stored, WinogradGeometry geometry)
    {
        _region = region;
        _result = region.Anchor.Output;
        _stored = [.. stored];
        _operands = new RegionOperands(region.Maps.SelectMany(map => map.Inputs).Where(input => !region.Makes(input)), stored);
        _geometry = geometry;
        _targetStrides = _result.Shape.Strides();
    }

    public static Kernel Create(Region region, IReadOnlyCollection<Value> stored, WinogradGeometry geometry, Value work, string name)
    {
        var kernel = new WinogradTileKernel(region, stored, geometry);
        var contract = (Contract)region.Anchor;
        var epilogue = Formulas.Behind(region);
        var what = geometry.IsForward ? "product" : "gradient of the input";
        return new Kernel(
            name + "Tiles",
            $"{contract.Layer}: {what}, {contract.Details}, {(geometry.Turns > 1 ? "tiles" : "a row of tiles")} from Winograd's minimal filtering{epilogue}.",
            [new Operand("tiles", work), .. kernel._operands.All],
            kernel.Emit)
        {
            Extras = geometry.Arguments,
        };
    }

    private IReadOnlyList<string> Emit(VectorWidth width)
    {
        // Whole tiles and those cut on the right; for whole rows of tiles and for one cut at the bottom.
        var parts = new List<string>();
        foreach (var (firstRow, rowCount, height) in Cuts(_geometry.TargetHeight))
        {
            foreach (var (firstTile, tiles, places) in Cuts(_geometry.TargetWidth / _geometry.Turns))
            {
                var writer = new SourceWriter();
                if (rowCount < _geometry.TileRows)
                {
                    using (writer.Block(firstRow > 0 ? $"if (row < {firstRow})" : $"if (row >= {rowCount})"))
                    {
                        writer.Line("return;");
                    }

                    writer.Line();
                }

                EmitTiles(writer, width, firstTile, tiles, height, places);
                parts.Add(writer.ToString());
            }
        }

        return parts;
    }

    /// <summary>The tiles along an axis by how many of their places exist: (first tile, tiles, places).</summary>
    public static IEnumerable<(int First, int Count, int Places)> Cuts(int extent)
    {
        if (extent >= Tile)
        {
            yield return (0, extent / Tile, Tile);
        }

        if (extent % Tile > 0)
        {
            yield return (extent / Tile, 1, extent % Tile);
        }
    }

    private void EmitTiles(SourceWriter writer, VectorWidth width, int firstTile, int tiles, int height, int places)
    {
        var loops = new Stack<SourceWriter.Scope>();
        loops.Push(writer.Block($"for (var c = 0; c < {_geometry.Targets}; c++)"));
        if (tiles > 1)
        {
            loops.Push(writer.Block($"for (var q = {firstTile}; q < {firstTile + tiles}; q++)"));
        }

        if (width.Lanes < Lanes)
        {
            loops.Push(writer.Block($"for (var lane = 0; lane < {Lanes}; lane += {width.Lanes})"));
        }

        var tile = tiles > 1 ? "q" : Literal.Of(firstTile);
        writer.Line($"ref var from = ref Unsafe.Add<float>(ref tiles, {Lane(width, new OffsetText().Add("c", _geometry.RowWords).Add(tile, Lanes))});");
        var epilogue = new Epilogue(this, writer, width, tile);
        new WinogradTileTransform(writer, width, _geometry.PointWords).Write(height, places, epilogue.Write);
        while (loops.Count > 0)
        {
            loops.Pop().Dispose();
        }
    }

    private static OffsetText Lane(VectorWidth width, OffsetText offset) => width.Lanes < Lanes ? offset.Add("lane", 1) : offset;

    /// <summary>The maps of the region at the places of one tile, and the stores.</summary>
    private sealed class Epilogue
    {
        private readonly WinogradTileKernel _kernel;
        private readonly SourceWriter _writer;
        private readonly VectorWidth _width;
        private readonly Dictionary<string, string> _bases = [];

        public Epilogue(WinogradTileKernel kernel, SourceWriter writer, VectorWidth width, string tile)
        {
            (_kernel, _writer, _width) = (kernel, writer, width);
            var reads = kernel._region.Maps
                .SelectMany(map => map.Inputs.Zip(map.Views, (value, view) => (Value: value, Strides: ViewStrides.Of(view))))
                .Where(read => !kernel._region.Makes(read.Value));
            foreach (var (value, strides) in reads.Concat(kernel._stored.Select(value => (value, kernel._targetStrides))))
            {
                var key = Key(value, strides);
                if (_bases.ContainsKey(key))
                {
                    continue;
                }

                var size = value.Scope == Scope.Model ? 1 : Lanes;
                var offset = new OffsetText().Add("c", strides[0] * size).Add("row", strides[1] * Tile * size).Add(tile, strides[2] * Tile * size);
                if (kernel._geometry.Turns > 1)
                {
                    offset.Add("tile", strides[2] * Tile * size);
                }

                _bases[key] = "at" + Literal.Of(_bases.Count);
                writer.Line($"ref var {_bases[key]} = ref Unsafe.Add<float>(ref {kernel._operands[value]}, {(size == Lanes ? Lane(width, offset) : offset)});");
            }
        }

        /// <summary>Writes what becomes of the result at one place of the tile.</summary>
        public void Write(int y, int x, string result)
        {
            var region = _kernel._region;
            var results = new Dictionary<Value, string> { [_kernel._result] = result };
            Store(_kernel._result);
            if (!region.Maps.Any())
            {
                return;
            }

            using (_writer.Block(""))
            {
                var names = new NameScope();
                var expressions = new VectorExpressions(_writer, _width, names);
                foreach (var map in region.Maps)
                {
                    var text = expressions.Write(
                        map.Body,
                        input => Read(map.Inputs[input], map.Views[input]),
                        axis => throw new InvalidOperationException($"{map.Layer}: a place is not known in an epilogue."),
                        uniform => throw new InvalidOperationException($"{map.Layer}: no random numbers in an epilogue."));
                    var local = names.Unique("r");
                    _writer.Line($"var {local} = {text};");
                    results[map.Output] = local;
                    Store(map.Output);
                }
            }

            string Read(Value value, Shape view)
            {
                if (results.TryGetValue(value, out var local))
                {
                    return local;
                }

                var strides = ViewStrides.Of(view);
                var text = _bases[Key(value, strides)];
                return value.Scope == Scope.Model
                    ? $"{_width.Type}.Create<float>({At(text, Delta(strides, 1))})"
                    : _width.Load(value.Element, $"ref {text}{Literal.Comma(Delta(strides, Lanes))}");
            }

            void Store(Value value)
            {
                if (_kernel._stored.Contains(value))
                {
                    _writer.Line($"{results[value]}.StoreUnsafe<float>(ref {_bases[Key(value, _kernel._targetStrides)]}{Literal.Comma(Delta(_kernel._targetStrides, Lanes))});");
                }
            }

            int Delta(int[] strides, int size) => ((y * strides[1]) + (x * strides[2])) * size;
        }

        private string Key(Value value, int[] strides) => _kernel._operands[value] + ":" + string.Join(",", strides);

        private static string At(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add<float>(ref {reference}, {Literal.Of(offset)})";
    }
}
