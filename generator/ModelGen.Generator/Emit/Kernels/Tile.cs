using System;
using System.Collections.Generic;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// The register tile of a product: how many rows (filters, outputs) and columns (places, vectors) are accumulated at once.
/// A rule, not a search at run time: among the tiles that fit the registers, the one with the lowest estimate of cycles.
/// </summary>
internal readonly record struct Tile(int Rows, int Columns)
{
    /// <summary>Cycles from the start of a multiply-add to its result: fewer independent sums than twice this leave the units idle.</summary>
    private const double Latency = 4;

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
}
