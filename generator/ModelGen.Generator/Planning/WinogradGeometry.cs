using System;
using System.Collections.Generic;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>
/// The numbers behind Winograd's minimal filtering F(4×4, 3×3) of one convolution: target tiles of 4×4 places, each computed
/// from a source patch of 6×6 by 36 products a pair of channels where the direct form takes 144. Towards the input it is
/// the same convolution of the output's gradient, with the weights turned around and the padding complemented.
/// </summary>
/// <remarks>Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016.</remarks>
internal sealed class WinogradGeometry
{
    /// <summary>The places of a tile along each axis.</summary>
    public const int Tile = 4;

    /// <summary>The taps of a kernel along each axis.</summary>
    public const int Taps = 3;

    /// <summary>The places of the source a tile is computed from, along each axis.</summary>
    public const int Patch = Tile + Taps - 1;

    /// <summary>The transformed numbers of a patch: each is multiplied by itself.</summary>
    public const int Points = Patch * Patch;

    private const int Lanes = Emit.VectorWidth.BlockLanes;

    /// <summary>The bytes of the second-level cache that the points of the tiles at once may take; beside them lie the weights.</summary>
    private const int CacheBytes = 640 * 1024;

    /// <summary>The fewest tiles at once that are worth reading all weights.</summary>
    private const int FewestTiles = 2;

    /// <param name="contract">The convolution.</param>
    /// <param name="isWhole">Whether whole rows of tiles are computed at once, whatever they take of the cache.</param>
    public WinogradGeometry(Contract contract, bool isWhole = false)
    {
        var geometry = contract.Geometry;
        var (y, x) = (geometry.Axes[0], geometry.Axes[1]);
        IsForward = contract.Role == ContractRole.Output;
        (Sources, Targets) = IsForward ? (geometry.InPerGroup, geometry.OutPerGroup) : (geometry.OutPerGroup, geometry.InPerGroup);
        (SourceHeight, TargetHeight) = IsForward ? (y.In, y.Out) : (y.Out, y.In);
        (SourceWidth, TargetWidth) = IsForward ? (x.In, x.Out) : (x.Out, x.In);
        (PaddingY, PaddingX) = IsForward ? (y.Padding, x.Padding) : (Taps - 1 - y.Padding, Taps - 1 - x.Padding);
        Turns = isWhole ? 1 : ChooseTurns();
    }

    /// <summary>Whether it computes the output of a convolution rather than the gradient of its input.</summary>
    public bool IsForward { get; }

    /// <summary>The channels summed over.</summary>
    public int Sources { get; }

    /// <summary>The channels computed.</summary>
    public int Targets { get; }

    public int SourceHeight { get; }

    public int SourceWidth { get; }

    public int TargetHeight { get; }

    public int TargetWidth { get; }

    /// <summary>How far above the source the first patch begins.</summary>
    public int PaddingY { get; }

    /// <summary>How far left of the source the first patch begins.</summary>
    public int PaddingX { get; }

    public int TileRows => (TargetHeight + Tile - 1) / Tile;

    public int TileColumns => (TargetWidth + Tile - 1) / Tile;

    /// <summary>How many times the tiles at once make a row.</summary>
    public int Turns { get; }

    /// <summary>What a kernel is told of the tiles it computes: their row, and the first of them where they are not all of it.</summary>
    public IReadOnlyList<(string Type, string Name)> Arguments => Turns > 1 ? [("int", "row"), ("int", "tile")] : [("int", "row")];

    /// <summary>The tiles of a row that are computed together.</summary>
    public int TilesAtOnce => TileColumns / Turns;

    /// <summary>The columns of the source, padding included, that the tiles at once are computed from.</summary>
    public int PatchColumns => (TilesAtOnce * Tile) + Taps - 1;

    /// <summary>The words of one transformed number for the tiles at once.</summary>
    public int RowWords => TilesAtOnce * Lanes;

    /// <summary>The words from one point to the next; a cache line more than they need, so that the points do not compete for the same places in the cache.</summary>
    public int PointWords => (Math.Max(Sources, Targets) * RowWords) + Lanes;

    /// <summary>Where the patches' columns are kept while a channel is transformed: after one point more than there are, because the products of a point go where the point before it was.</summary>
    public int ColumnsOffset => (Points + 1) * PointWords;

    /// <summary>The words of the columns transformed along one axis.</summary>
    public int ColumnsWords => Patch * PatchColumns * Lanes;

    /// <summary>The words of memory that a block needs while a row of tiles is computed: points, columns, and a row of zeros that stands for padding.</summary>
    public int WorkWords => ColumnsOffset + ColumnsWords + (SourceWidth * Lanes);

    /// <summary>The words from one point of the transformed weights to the next, off powers of two for the same reason.</summary>
    public int WeightPointWords => (Sources * Targets) + Lanes;

    /// <summary>The words of the transformed weights.</summary>
    public int WeightWords => Points * WeightPointWords;

    /// <summary>A whole row where it fits the cache, else the longest equal parts that do; where there are none, a whole row again.</summary>
    private int ChooseTurns()
    {
        var most = CacheBytes / (Points * Math.Max(Sources, Targets) * Lanes * sizeof(float));
        if (TileColumns > most && TargetWidth % Tile == 0)
        {
            for (var tiles = most; tiles >= FewestTiles; tiles--)
            {
                if (TileColumns % tiles == 0)
                {
                    return TileColumns / tiles;
                }
            }
        }

        return 1;
    }
}
