using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// The register tile of a product: how many rows (filters, outputs) and columns (places, vectors) are accumulated at once.
/// A rule, not a search at run time: among the tiles that fit the registers, the one with the lowest estimate of cycles.
/// </summary>
internal readonly record struct Tile(int Rows, int Columns)
{
    /// <summary>Cycles from the start of a multiply-add to its result: fewer independent sums than twice this leave the units idle.</summary>
    private const double Latency = 4;

    /// <summary>The sets of the first-level cache: 64 in all common processors, of lines of 64 bytes.</summary>
    private const int CacheSets = 64;

    /// <summary>The lines of a set: eight, or twelve and then some are left for all else.</summary>
    private const int LinesOfSet = 8;

    /// <summary>
    /// The most rows of a tile whose weights stay in the first-level cache side by side. They lie a row of weights apart; where that is a
    /// multiple of some kilobytes, they share a few of its sets, and each would be loaded anew for every term.
    /// </summary>
    /// <param name="rowWords">The words of a row of weights.</param>
    public static int MostRowsInCache(int rowWords)
    {
        var lines = rowWords / VectorWidth.BlockLanes;

        // The sets that the rows' lines fall into: all of them over the greatest power of two in their distance.
        return rowWords % VectorWidth.BlockLanes == 0 ? LinesOfSet * CacheSets / Math.Min(CacheSets, lines & -lines) : int.MaxValue;
    }

    /// <summary>
    /// Chooses the tile for <paramref name="rows"/> by <paramref name="columns"/> results, where each step of the sum loads
    /// one broadcast weight a row and one vector a column.
    /// </summary>
    public static Tile Choose(int rows, int columns, VectorWidth width)
    {
        var best = new Tile(1, 1);
        var bestCost = double.MaxValue;
        for (var r = 1; r <= Math.Min(rows, width.Accumulators); r++)
        {
            for (var c = 1; c <= Math.Min(columns, width.Accumulators / r); c++)
            {
                // With one column each weight is used once and comes straight from memory; no register holds it.
                if ((r * c) + c + (c == 1 ? 0 : 1) > width.Budget)
                {
                    continue;
                }

                var cost = Cycles(r, c);
                if (cost < bestCost - 1e-9 || (Math.Abs(cost - bestCost) < 1e-9 && r * c > best.Rows * best.Columns))
                {
                    bestCost = cost;
                    best = new Tile(r, c);
                }
            }
        }

        return best;

        double Cycles(int r, int c)
        {
            var cycles = 0.0;
            foreach (var (_, count, size) in Segments(rows, r))
            {
                foreach (var (_, times, places) in Segments(columns, c))
                {
                    cycles += count * times * Math.Max(Math.Max(size * places / 2.0, Latency), (size + (places * 0.5)) / 2.0);
                }
            }

            return cycles;
        }
    }

    /// <summary>Divides a total into runs of equal tiles and at most one smaller tile: (start, number of tiles, size).</summary>
    public static IEnumerable<(int Start, int Count, int Size)> Segments(int total, int size)
    {
        if (total / size > 0)
        {
            yield return (0, total / size, size);
        }

        if (total % size > 0)
        {
            yield return (total - (total % size), 1, total % size);
        }
    }

    /// <summary>The places of a tile, row by row.</summary>
    public static IEnumerable<(int Row, int Column)> Places(int rows, int columns) =>
        Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, columns).Select(column => (row, column)));

    /// <summary>The header of a loop over equal tiles; nothing where there is one.</summary>
    public static string Loop(string variable, int start, int count, int step) =>
        count == 1 ? "" : SharedLoop.For(false, variable, start, count, step);

    /// <summary>Adds a term to each sum of a tile: the vector of its column, which stands at <c>x</c>, times the number of its row.</summary>
    /// <param name="writer">Takes the statements.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="rows">The rows of the tile.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="factor">The reference that stands at the number of the first row.</param>
    /// <param name="stride">The words from the number of one row to that of the next.</param>
    public static void AddTerm(SourceWriter writer, VectorWidth width, int rows, int columns, string factor, int stride)
    {
        for (var column = 0; column < columns; column++)
        {
            writer.Line($"var x{column} = {width.Type}.LoadUnsafe<float>(ref x{(column == 0 ? "" : ", " + Literal.Of(column * width.Lanes))});");
        }

        for (var row = 0; row < rows; row++)
        {
            var number = $"{width.Type}.Create<float>({(row == 0 ? factor : $"Unsafe.Add<float>(ref {factor}, {row * stride})")})";
            if (columns > 1)
            {
                writer.Line($"var {factor}{row} = {number};");
                number = $"{factor}{row}";
            }

            for (var column = 0; column < columns; column++)
            {
                writer.Line($"s{row}_{column} = {width.MultiplyAdd($"x{column}", number, $"s{row}_{column}")};");
            }
        }
    }
}
