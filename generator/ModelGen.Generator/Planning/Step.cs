using System.Collections.Generic;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>One thing a program does; steps run in order.</summary>
internal abstract record Step;

/// <summary>Computes a region for a block.</summary>
internal abstract record RegionStep(Region Region) : Step;

/// <summary>Calls a region's kernel for a block; operands that are sums over samples go to <see cref="Partial"/> memory first.</summary>
internal sealed record KernelStep(Region Region, Kernel Kernel) : RegionStep(Region);

/// <summary>
/// Computes a convolution by Winograd's minimal filtering, one row of tiles after the other: patches into <paramref name="Work"/>,
/// products there, tiles out of it.
/// </summary>
internal sealed record WinogradStep(Region Region, WinogradGeometry Geometry, IReadOnlyList<Kernel> Kernels, Value Work) : RegionStep(Region);

/// <summary>Transforms the weights of a convolution for <see cref="WinogradStep"/>, once before the first block.</summary>
internal sealed record WinogradWeightsStep(Value Weights, Value Transformed, WinogradGeometry Geometry) : Step;

/// <summary>Brings the weights of a product into the order in which its kernel reads them, once before the first block.</summary>
internal sealed record PackedWeightsStep(Value Weights, Value Packed, Kernel Kernel) : Step;

/// <summary>
/// Computes the weight gradient of a convolution by Winograd's minimal filtering: for some tiles after the others
/// patches and tiles in <paramref name="Work"/>, products into <paramref name="Sections"/>, then the taps into <paramref name="Sum"/>.
/// </summary>
internal sealed record WinogradGradientStep(
    Region Region, WinogradGradientGeometry Geometry, IReadOnlyList<Kernel> Kernels, Kernel Taps, Value Work, Value Sections, Value Sum) : RegionStep(Region);

/// <summary>Runs the body of a scan for every step of time.</summary>
internal sealed record ScanStep(Region Region, Scan Scan, Schedule Body) : RegionStep(Region);

/// <summary>Takes rows of a table for a block.</summary>
internal sealed record GatherStep(Region Region, Gather Gather) : RegionStep(Region);

/// <summary>Adds rows of a block to those of a table, in the sums of the block's group: all of them, or those of one step of a scan as soon as it has made them.</summary>
internal sealed record ScatterStep(Region Region, Scatter Scatter, bool IsInScan) : RegionStep(Region);

/// <summary>Runs the forward and backward pass of a loss by connectionist temporal classification, in <paramref name="Work"/>.</summary>
internal sealed record CtcStep(Region Region, Ctc Ctc, Value Work) : RegionStep(Region);

/// <summary>Adds up the lanes of the vectors a kernel left for a value that is a sum over samples, into the sums of the block's group.</summary>
internal sealed record SumLanesStep(Value Value) : Step;

/// <summary>Writes a value of a block, (places, features), as one row of features for each place and sample.</summary>
internal sealed record RowsStep(Value Value, Value Rows, int Places, int Features) : Step;

/// <summary>Calls a kernel that works on the whole batch at the end of a phase, in independent pieces of its outputs: at most so many.</summary>
internal sealed record ItemStep(Kernel Kernel, Value Rows, int Outputs, int MostPieces) : Step;

/// <summary>Adds up the groups' sums of a value.</summary>
internal record TotalStep(Value Value) : Step;

/// <summary>Adds up the groups' sums of a weight gradient, which <see cref="WinogradGradientStep"/> leaves in an order of its own.</summary>
internal sealed record WinogradTotalStep(Value Value, Value Sum, WinogradGradientGeometry Geometry) : TotalStep(Value);

/// <summary>Computes a value that exists once per model.</summary>
internal sealed record ModelStep(Region Region) : Step;

/// <summary>Copies a result to a second place where it is wanted too.</summary>
internal sealed record CopyStep(Value Value, Location Target) : Step;

/// <summary>One pass over the blocks of a batch and what follows it.</summary>
internal sealed class PhasePlan
{
    /// <summary>What is done for every block.</summary>
    public List<Step> Blocks { get; } = [];

    /// <summary>What is done once for the batch, in parallel.</summary>
    public List<ItemStep> Items { get; } = [];

    /// <summary>What is done once after that, in order.</summary>
    public List<Step> Finish { get; } = [];
}
