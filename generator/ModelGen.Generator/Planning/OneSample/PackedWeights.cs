using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>
/// The order in which the weights of a contraction are packed for output channels in the lanes:
/// [block of channels][outer tap][input channel][inner tap][channel of the block], so that the kernel reads them in one run.
/// </summary>
/// <remarks>A layer on a flattened image counts its places as outer taps: this puts its weights in the order of the lanes.</remarks>
/// <param name="Outputs">The output channels.</param>
/// <param name="Block">The channels of a block; the last may have fewer.</param>
/// <param name="Inputs">The input channels.</param>
/// <param name="OuterTaps">The taps of all axes but the innermost.</param>
/// <param name="InnerTaps">The taps of the innermost axis.</param>
/// <param name="Groups">The groups of channels; between channels of different groups stand zeros.</param>
internal sealed record PackedWeights(int Outputs, int Block, int Inputs, int OuterTaps, int InnerTaps, int Groups = 1)
{
    /// <summary>Two vectors of filters, each used for up to fourteen places.</summary>
    private const int ConvolutionBlock = 32;

    /// <summary>Eight vectors of outputs, whose sums hide each other's latency.</summary>
    private const int DenseBlock = 128;

    /// <summary>Half as many where threads divide the blocks, so that a few hundred outputs are divided evenly; each sum is then taken in two halves.</summary>
    private const int SharedDenseBlock = 64;

    /// <summary>The output channels with padding.</summary>
    public int PaddedOutputs => new FeatureLayout(Outputs, 1).Stride;

    /// <summary>The weights of each output channel.</summary>
    public int Terms => Inputs * OuterTaps * InnerTaps;

    public int Words => PaddedOutputs * Terms;

    /// <summary>Whether each channel is filtered by itself: the channels of the source are in the lanes as well.</summary>
    public static bool IsDepthwise(Contract contract) => contract is { Role: ContractRole.Output, Geometry: { Groups: > 1, InPerGroup: 1, OutPerGroup: 1 } };

    /// <param name="contract">The contraction.</param>
    /// <param name="order">The order in which it reads its source.</param>
    /// <param name="isShared">Whether several threads may share its work.</param>
    public static PackedWeights Of(Contract contract, ValueOrder order, bool isShared)
    {
        var geometry = contract.Geometry;
        if (geometry.Axes.Count == 0)
        {
            var source = Storage.Elements(contract.Inputs[0]);
            var layout = order == ValueOrder.RowMajor ? new FeatureLayout(geometry.InPerGroup, 1) : FeatureLayout.Of(source.Shape);
            return new PackedWeights(geometry.OutPerGroup, isShared ? SharedDenseBlock : DenseBlock, layout.Channels, layout.Places, 1);
        }

        // The channels a transposed convolution gives are those its geometry reads.
        var (outputs, inputs) = contract.Role == ContractRole.Output ? (geometry.OutPerGroup, geometry.InPerGroup) : (geometry.InPerGroup, geometry.OutPerGroup);
        var groups = geometry.Groups;
        var taps = geometry.Axes.Aggregate(1, (product, axis) => product * axis.Kernel);
        var inner = geometry.Axes[geometry.Axes.Count - 1].Kernel;
        return IsDepthwise(contract)
            ? new PackedWeights(groups, ConvolutionBlock, 1, taps / inner, inner)
            : new PackedWeights(groups * outputs, ConvolutionBlock, groups * inputs, taps / inner, inner, groups);
    }
}
