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

    /// <summary>Whether a contraction is a 3×3 convolution, or the gradient of one's input, that gains.</summary>
    public static bool Suits(Contract contract)
    {
        var geometry = contract.Geometry;
        if (contract.Role == ContractRole.Weight
            || geometry.Groups != 1
            || geometry.ChannelsLast
            || geometry.Axes.Count != 2
            || geometry.Axes.Any(axis => axis is not { Kernel: WinogradGeometry.Taps, Stride: 1, Dilation: 1, Padding: >= 0 and < WinogradGeometry.Taps })
            || Storage.Root(contract.Inputs[1]).Source != Source.Parameter
            || geometry.InPerGroup < LeastChannels
            || geometry.OutPerGroup < LeastChannels)
        {
            return false;
        }

        var winograd = new WinogradGeometry(contract);
        var tiles = (double)winograd.TileRows * winograd.TileColumns;
        var cost = tiles * ((WinogradGeometry.Points * winograd.Sources * winograd.Targets) + (TransformCost * (winograd.Sources + winograd.Targets)));
        return geometry.MultiplyAdds >= LeastGain * cost;
    }
}
