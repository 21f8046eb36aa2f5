using System;
using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// The register tile of a convolution's weight gradient: how many filters, input channels, rows of the kernel and taps of a
/// row are summed at once over the places of a block.
/// </summary>
internal readonly record struct WeightTile(int Filters, int Channels, int Rows, int Taps)
{
    /// <summary>Rows and taps beyond this would leave no registers for a second filter.</summary>
    private const int MostTaps = 12;

    /// <summary>Cycles before a sum can be added to again: fewer sums than twice this leave the units idle.</summary>
    private const double Latency = 4;

    /// <summary>What the first-level cache holds of the rows that a tile walks through, in bytes.</summary>
    private const int CacheBytes = 32 * 1024;

    /// <summary>The bytes a cycle that the second-level cache delivers in the long run.</summary>
    private const double BytesPerCycle = 32;

    /// <summary>The multiply-adds written out in one method; the JIT stops optimising methods that are too large.</summary>
    private const int UnrollBudget = 1000;

    /// <summary>The tile with the lowest estimate of cycles among those that fit the registers and a method; null when none does.</summary>
    /// <param name="geometry">The convolution.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="written">The places of the innermost axis that are written out one by one.</param>
    public static WeightTile? Choose(ContractGeometry geometry, VectorWidth width, int written)
    {
        var inner = geometry.Axes[geometry.Axes.Count - 1];
        var rowAxis = geometry.Axes.Count > 1 ? geometry.Axes[geometry.Axes.Count - 2] : null;
        WeightTile? best = null;
        var bestCost = double.MaxValue;
        for (var rows = 1; rows <= Math.Min(rowAxis?.Kernel ?? 1, 3); rows++)
        {
            for (var taps = 1; taps <= Math.Min(inner.Kernel, MostTaps); taps++)
            {
                for (var channels = 1; channels <= Math.Min(geometry.InPerGroup, 8); channels++)
                {
                    for (var filters = 1; filters <= geometry.OutPerGroup; filters++)
                    {
                        var tile = new WeightTile(filters, channels, rows, taps);
                        // Several rows are written twice: all at once, and one at a time for the edges of the input.
                        var isTooLong = tile.Sums * written * (rows > 1 ? 2 : 1) > UnrollBudget;
                        if (isTooLong || tile.Sums > width.Accumulators || tile.Sums + (channels * rows * taps) + 1 > width.Budget)
                        {
                            break;
                        }

                        var cost = tile.Cycles(geometry, inner, rowAxis, width);
                        if (cost < bestCost - 1e-9)
                        {
                            (best, bestCost) = (tile, cost);
                        }
                    }
                }
            }
        }

        return best;
    }

    private int Sums => Filters * Channels * Rows * Taps;

    /// <summary>An estimate for one place: arithmetic, loads into registers, and what streams through the first-level cache.</summary>
    private double Cycles(ContractGeometry geometry, ContractAxis inner, ContractAxis? rowAxis, VectorWidth width)
    {
        var self = this;
        var places = geometry.Axes.Aggregate(1, (product, axis) => product * axis.Out);
        var slides = inner.Stride == 1 && inner.Dilation == 1;

        // The places of the input that are met for the first time.
        var steps = Math.Min(inner.Stride, inner.Kernel) * (rowAxis is null ? 1 : Math.Min(rowAxis.Stride, rowAxis.Kernel));
        var parts = from f in Tile.Segments(geometry.OutPerGroup, self.Filters)
                    from c in Tile.Segments(geometry.InPerGroup, self.Channels)
                    from r in Tile.Segments(rowAxis?.Kernel ?? 1, self.Rows)
                    from t in Tile.Segments(inner.Kernel, self.Taps)
                    select (Count: f.Count * c.Count * r.Count * t.Count, Sums: f.Size * c.Size * r.Size * t.Size,
                        Loads: f.Size + (c.Size * r.Size * (slides ? 1 : t.Size)), Streams: f.Size + (c.Size * steps));
        return parts.Sum(part =>
        {
            var bytes = part.Streams * width.Lanes * sizeof(float);
            var streaming = (long)bytes * places > CacheBytes ? bytes / BytesPerCycle : 0;
            return part.Count * Math.Max(Math.Max(part.Sums / 2.0, Latency), Math.Max(part.Loads / 2.0, streaming));
        });
    }
}
