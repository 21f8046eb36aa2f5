using System;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>Which convolutions are computed by Winograd's minimal filtering rather than directly: a rule on the shape.</summary>
internal static class WinogradRule
{
    /// <summary>With fewer channels on either side the transforms, which each channel pays once, outweigh the products saved.</summary>
    private const int LeastChannels = 16;

    /// <summary>What transforming one channel of one tile costs, in products: loads and stores of 36 points, mostly.</summary>
    private const int TransformCost = 120;

    /// <summary>How many times cheaper it must be by this estimate: below it, rounding is not worth the time.</summary>
    private const double LeastGain = 1.25;

    /// <summary>What transforming one channel of one patch costs for the weight gradient, where the input is turned as well.</summary>
    private const int PatchCost = 360;

    /// <summary>The same for one channel of one tile of the output's gradient.</summary>
    private const int TileCost = 170;

    /// <summary>Whether a contraction is a 3×3 convolution, or a gradient of one, that gains.</summary>
    public static bool Suits(Contract contract)
    {
        var geometry = contract.Geometry;
        return IsPossible(contract)
            && Math.Min(geometry.InPerGroup, geometry.OutPerGroup) >= LeastChannels
            && geometry.MultiplyAdds >= LeastGain * (contract.Role == ContractRole.Weight ? GradientCost(contract) : Cost(contract));
    }

    /// <summary>Whether a contraction has the shape that minimal filtering is for.</summary>
    public static bool IsPossible(Contract contract)
    {
        var geometry = contract.Geometry;
        var isBetweenSamples = contract.Role == ContractRole.Weight
            ? contract.Output.Scope == Scope.Model && contract.Inputs.All(input => input.Scope == Scope.Sample)
            : Storage.Root(contract.Inputs[1]).Source == Source.Parameter;
        return isBetweenSamples
            && geometry is { Groups: 1, ChannelsLast: false, Axes.Count: 2 }
            && geometry.Axes.All(axis => axis is { Kernel: WinogradGeometry.Taps, Stride: 1, Dilation: 1, Padding: >= 0 and < WinogradGeometry.Taps });
    }

    private static double Cost(Contract contract)
    {
        var g = new WinogradGeometry(contract);
        return (double)g.TileRows * g.TileColumns * ((WinogradGeometry.Points * g.Sources * g.Targets) + (TransformCost * (g.Sources + g.Targets)));
    }

    private static double GradientCost(Contract contract)
    {
        // Clearing the sums and bringing them to taps costs a block about as much as one tile's products.
        var g = new WinogradGradientGeometry(contract);
        var tiles = (double)g.TileRows * g.TileColumns;
        return ((tiles + 1) * WinogradGeometry.Points * g.InputWords * g.Outputs) + (tiles * ((PatchCost * g.InputWords) + (TileCost * g.Outputs)));
    }
}
