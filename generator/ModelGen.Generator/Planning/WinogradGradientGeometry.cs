using System;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>
/// The numbers behind the weight gradient of a 3×3 convolution by Winograd's minimal filtering: at each of the 36 points of
/// F(4×4, 3×3) the transformed tiles of the output's gradient times the transformed patches of the input, summed over
/// tiles and samples, and transformed to nine taps once for a block.
/// </summary>
/// <remarks>
/// It is the transpose of <see cref="WinogradGeometry"/>: dg = Gᵀ·(Σ (A·dY·Aᵀ) ⊙ (Bᵀ·x·B))·G. The input is turned so that
/// its channels are the lanes: then a sum over tiles and samples is one over rows, and no lanes are left to add up.
/// </remarks>
internal sealed class WinogradGradientGeometry
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <summary>The bytes of the second-level cache that patches and tiles at their points may take; beside them lie the sums.</summary>
    private const int CacheBytes = 640 * 1024;

    /// <summary>The fewest tiles at once: each sum in memory is loaded and stored once for so many times 16 products.</summary>
    private const int FewestTiles = 2;

    /// <summary>The most sections, and so threads that share a block: each needs sums of its own.</summary>
    private const int MostSections = 4;

    /// <summary>The fewest tiles of a section: clearing its sums and adding them up costs about as much as the products of one.</summary>
    private const int SectionTiles = 8;

    public WinogradGradientGeometry(Contract contract)
    {
        var geometry = contract.Geometry;
        var (y, x) = (geometry.Axes[0], geometry.Axes[1]);
        (Inputs, Outputs) = (geometry.InPerGroup, geometry.OutPerGroup);
        (InputHeight, OutputHeight, PaddingY) = (y.In, y.Out, y.Padding);
        (InputWidth, OutputWidth, PaddingX) = (x.In, x.Out, x.Padding);
        TileRows = (OutputHeight + WinogradGeometry.Tile - 1) / WinogradGeometry.Tile;
        TileColumns = (OutputWidth + WinogradGeometry.Tile - 1) / WinogradGeometry.Tile;
        var most = CacheBytes / (WinogradGeometry.Points * Lanes * sizeof(float) * (InputWords + Outputs));
        var atOnce = Math.Min(Math.Max(most, FewestTiles), TileColumns);
        Turns = (TileColumns + atOnce - 1) / atOnce;
        TilesAtOnce = (TileColumns + Turns - 1) / Turns;
        Sections = Math.Max(1, Math.Min(Math.Min(MostSections, TileRows), TileRows * TileColumns / SectionTiles));
    }

    /// <summary>The channels of the convolution's input.</summary>
    public int Inputs { get; }

    /// <summary>The channels of its output.</summary>
    public int Outputs { get; }

    public int InputHeight { get; }

    public int InputWidth { get; }

    public int OutputHeight { get; }

    public int OutputWidth { get; }

    public int PaddingY { get; }

    public int PaddingX { get; }

    public int TileRows { get; }

    public int TileColumns { get; }

    /// <summary>The tiles of a row that are summed up together.</summary>
    public int TilesAtOnce { get; }

    /// <summary>How many times that many tiles make a row; the last time there may be fewer.</summary>
    public int Turns { get; }

    /// <summary>The parts that the rows of tiles are divided into, whatever the threads: each is summed up apart, by one of them.</summary>
    public int Sections { get; }

    /// <summary>The words of the input channels, in whole vectors of the widest kind.</summary>
    public int InputWords => VectorWidth.RoundUp(Inputs);

    /// <summary>The rows of one sum: tiles and samples.</summary>
    public int Rows => TilesAtOnce * Lanes;

    /// <summary>The columns of the input, padding included, that the tiles at once are computed from.</summary>
    public int PatchColumns => (TilesAtOnce * WinogradGeometry.Tile) + WinogradGeometry.Taps - 1;

    /// <summary>The words of the patches at one point, [tile and sample][input channel]; off powers of two.</summary>
    public int PatchPointWords => (Rows * InputWords) + Lanes;

    /// <summary>Where the tiles of the output's gradient begin.</summary>
    public int TilesOffset => WinogradGeometry.Points * PatchPointWords;

    /// <summary>The words of the tiles at one point, [output channel][tile and sample].</summary>
    public int TilePointWords => (Outputs * Rows) + Lanes;

    /// <summary>The input channels that are transformed at once: turned, they fill a vector of the widest kind.</summary>
    public int Group => Math.Min(Inputs, Lanes);

    /// <summary>Where the patches of a group are kept while only their columns are transformed, [channel][point][column][sample]: the tiles come later.</summary>
    public int ColumnsOffset => TilesOffset;

    /// <summary>The columns of all six rows.</summary>
    public int ColumnsPerChannel => WinogradGeometry.Patch * PatchColumns;

    /// <summary>The words from one channel to the next.</summary>
    public int ChannelWords => (ColumnsPerChannel * Lanes) + Lanes;

    /// <summary>Where the same lie sample by sample, [sample][point][column][channel].</summary>
    public int SamplesOffset => ColumnsOffset + (Group * ChannelWords);

    /// <summary>The words from one sample to the next.</summary>
    public int SampleWords => (ColumnsPerChannel * Lanes) + Lanes;

    /// <summary>Where that begins which is zero before the first tile: columns of tiles, of which the border cuts some; zeros.</summary>
    public int ClearedOffset => Math.Max(SamplesOffset + (SampleWords * Lanes), TilesOffset + (WinogradGeometry.Points * TilePointWords));

    /// <summary>The words of a row of the columns of tiles, while only those are transformed.</summary>
    public int TileColumnWords => TileColumns * WinogradGeometry.Tile * Lanes;

    /// <summary>Where a row of zeros is that stands for what lies outside.</summary>
    public int ZerosOffset => ClearedOffset + (WinogradGeometry.Patch * TileColumnWords);

    /// <summary>The words of memory that a thread needs for all that.</summary>
    public int WorkWords => ZerosOffset + (Math.Max(InputWidth, OutputWidth) * Lanes);

    /// <summary>The words of a section's sums of products at one point, [output channel][input channel].</summary>
    public int SumPointWords => (Outputs * InputWords) + Lanes;

    /// <summary>The words of a section's sums at all points.</summary>
    public int SectionWords => WinogradGeometry.Points * SumPointWords;

    /// <summary>The words of the gradient as blocks add to it, [tap][output channel][input channel].</summary>
    public int GradientWords => WinogradGeometry.Taps * WinogradGeometry.Taps * Outputs * InputWords;
}
