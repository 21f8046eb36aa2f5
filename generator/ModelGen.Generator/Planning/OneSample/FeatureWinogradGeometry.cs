using System;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>
/// The numbers behind Winograd's minimal filtering F(4×4, 3×3) of a single sample with channels in the lanes. Some rows of tiles
/// are computed at a time, a band: as many as fill the registers of a product, and few enough for the caches.
/// </summary>
internal sealed class FeatureWinogradGeometry
{
    /// <summary>The tiles of a band: with fewer the weights, which are read once for each band, are not used often enough.</summary>
    private const int LeastTiles = 8;

    public FeatureWinogradGeometry(Contract contract)
    {
        Shape = new WinogradGeometry(contract, isWhole: true);
        SourceStride = new FeatureLayout(Shape.Sources, 1).Stride;
        TargetStride = new FeatureLayout(Shape.Targets, 1).Stride;
        var rows = Math.Min(Shape.TileRows, (LeastTiles + Shape.TileColumns - 1) / Shape.TileColumns);
        Bands = (Shape.TileRows + rows - 1) / rows;
        BandRows = (Shape.TileRows + Bands - 1) / Bands;
        Bands = (Shape.TileRows + BandRows - 1) / BandRows;
    }

    /// <summary>The convolution, its tiles and patches.</summary>
    public WinogradGeometry Shape { get; }

    /// <summary>The words of the channels summed over at one place.</summary>
    public int SourceStride { get; }

    /// <summary>The words of the channels computed at one place.</summary>
    public int TargetStride { get; }

    /// <summary>The rows of tiles of a band; the last may have fewer.</summary>
    public int BandRows { get; }

    public int Bands { get; }

    /// <summary>The words from one point to the next; a cache line more than they need, so that the points do not compete for the same places in the cache.</summary>
    public int PointWords => (BandRows * Shape.TileColumns * Math.Max(SourceStride, TargetStride)) + VectorWidth.BlockLanes;

    /// <summary>Where the patches' columns are kept while a row is transformed: after one point more than there are, because the products of a point go where the point before it was.</summary>
    public int ColumnsOffset => (WinogradGeometry.Points + 1) * PointWords;

    /// <summary>The words of the columns transformed along one axis.</summary>
    public int ColumnsWords => WinogradGeometry.Patch * Shape.PatchColumns * SourceStride;

    /// <summary>The words a band needs: points, columns, and a row of zeros that stands for padding.</summary>
    /// <param name="stride">The words from one place of the source to the next.</param>
    public int WorkWords(int stride) => ColumnsOffset + ColumnsWords + (Shape.SourceWidth * stride);

    /// <summary>The words from one point of the transformed weights to the next, off powers of two for the same reason.</summary>
    public int WeightPointWords => (Shape.Sources * TargetStride) + VectorWidth.BlockLanes;

    public int WeightWords => WinogradGeometry.Points * WeightPointWords;
}
