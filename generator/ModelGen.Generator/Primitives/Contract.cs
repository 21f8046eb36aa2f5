using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Primitives;

/// <summary>Which of the three values of a product y = x ∗ w a <see cref="Contract"/> computes from the other two.</summary>
internal enum ContractRole
{
    /// <summary>y from x and w: the forward pass of a dense or convolutional layer.</summary>
    Output,

    /// <summary>x from y and w: the gradient of the input, and the forward pass of a transposed convolution.</summary>
    Input,

    /// <summary>w from x and y: the gradient of the weights.</summary>
    Weight,
}

/// <summary>
/// One spatial axis of a convolution: out[o] reads in[o·Stride + k·Dilation − Padding] for each k of the kernel; places
/// outside the input count as zero. A kernel of one with stride one is a plain axis of places.
/// </summary>
internal sealed record ContractAxis(int In, int Out, int Kernel, int Stride = 1, int Dilation = 1, int Padding = 0)
{
    /// <summary>The place of the input that output place <paramref name="output"/> reads with tap <paramref name="tap"/>, or null outside.</summary>
    public int? InputPlace(int output, int tap)
    {
        var place = (output * Stride) + (tap * Dilation) - Padding;
        return place >= 0 && place < In ? place : null;
    }

    /// <summary>The number of output places whose tap falls inside the input.</summary>
    public long PlacesWithTap(int tap)
    {
        var shift = Padding - ((long)tap * Dilation);
        var first = Math.Max(0, (shift + Stride - 1) / Stride);
        var last = Math.Min(Out - 1, (In - 1 + shift) / Stride);
        return In - 1 + shift < 0 ? 0 : Math.Max(0, last - first + 1);
    }

    /// <summary>The place of the output that reads input place <paramref name="input"/> with tap <paramref name="tap"/>, or null when none does.</summary>
    public int? OutputPlace(int input, int tap)
    {
        var scaled = input + Padding - (tap * Dilation);
        return scaled >= 0 && scaled % Stride == 0 && scaled / Stride < Out ? scaled / Stride : null;
    }
}

/// <summary>
/// The sums of products behind a dense or convolutional layer:
/// y[g·O + o, p] = Σ over i, k of x[g·I + i, p·stride + k·dilation − padding] · w[g·O + o, i, k].
/// Weights are row-major (groups·O, I, kernel…). Channels come first in x and y, or last where <see cref="ChannelsLast"/>.
/// </summary>
internal sealed record ContractGeometry(int Groups, int InPerGroup, int OutPerGroup, IReadOnlyList<ContractAxis> Axes, bool ChannelsLast = false)
{
    public Shape InputShape => WithChannels(Groups * InPerGroup, Axes.Select(axis => axis.In));

    public Shape OutputShape => WithChannels(Groups * OutPerGroup, Axes.Select(axis => axis.Out));

    /// <summary>The number of weights.</summary>
    public int WeightCount => Groups * OutPerGroup * InPerGroup * Axes.Aggregate(1, (product, axis) => product * axis.Kernel);

    /// <summary>The products one sample really needs: taps that fall outside the input are not counted.</summary>
    public long MultiplyAdds =>
        Axes.Aggregate(
            (long)Groups * OutPerGroup * InPerGroup,
            (product, axis) => product * Enumerable.Range(0, axis.Kernel).Sum(tap => axis.PlacesWithTap(tap)));

    private Shape WithChannels(int channels, IEnumerable<int> places) => new(ChannelsLast ? [.. places, channels] : [channels, .. places]);
}

/// <summary>Matrix product and convolution of any rank, stride, dilation and grouping, forward and backward.</summary>
/// <remarks>Inputs by role: <c>Output</c> reads (x, w), <c>Input</c> reads (y, w), <c>Weight</c> reads (x, y).</remarks>
internal sealed class Contract : Node
{
    public Contract(string layer, ContractRole role, ContractGeometry geometry, Value first, Value second)
        : base(layer, [first, second])
    {
        Role = role;
        Geometry = geometry;
    }

    public ContractRole Role { get; }

    public ContractGeometry Geometry { get; }

    public override string Name => "contract";

    public override string Details
    {
        get
        {
            var g = Geometry;
            var kernel = g.Axes.Count == 0 ? "" : " " + string.Join("x", g.Axes.Select(axis => axis.Kernel));
            return $"{Role.ToString().ToLowerInvariant()}{kernel} {g.Groups * g.InPerGroup}->{g.Groups * g.OutPerGroup}{(g.Groups > 1 ? $" groups {g.Groups}" : "")}";
        }
    }

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is not { } outer)
        {
            return;
        }

        // y = x ∗ w is bilinear, so each gradient is the same product with another of the three as its result.
        var (first, second) = (Inputs[0], Inputs[1]);
        var graph = gradients.Graph;
        if (gradients.Wants(first))
        {
            gradients.Add(first, Role switch
            {
                ContractRole.Output => graph.Contract(Layer, ContractRole.Input, Geometry, outer, second, first),
                ContractRole.Input => graph.Contract(Layer, ContractRole.Output, Geometry, outer, second, first),
                _ => graph.Contract(Layer, ContractRole.Input, Geometry, second, outer, first),
            }, Layer);
        }

        if (gradients.Wants(second))
        {
            gradients.Add(second, Role switch
            {
                ContractRole.Output => graph.Contract(Layer, ContractRole.Weight, Geometry, first, outer, second),
                ContractRole.Input => graph.Contract(Layer, ContractRole.Weight, Geometry, outer, first, second),
                _ => graph.Contract(Layer, ContractRole.Output, Geometry, first, outer, second),
            }, Layer);
        }
    }
}

/// <summary>How contractions are added to a graph.</summary>
internal static class ContractBuilder
{
    /// <summary>Adds y = x ∗ w, of the scope of x.</summary>
    public static Value Contract(this Graph.Graph graph, string layer, ContractGeometry geometry, Value x, Value w) =>
        graph.Add(new Contract(layer, ContractRole.Output, geometry, x, w), (layer, geometry.OutputShape, x.Scope, Element.Float)).Output;

    /// <summary>Adds x from y and w: a transposed convolution.</summary>
    public static Value ContractTransposed(this Graph.Graph graph, string layer, ContractGeometry geometry, Value y, Value w) =>
        graph.Add(new Contract(layer, ContractRole.Input, geometry, y, w), (layer, geometry.InputShape, Scope.Sample, Element.Float)).Output;

    /// <summary>Adds a contraction whose result has the shape and scope of <paramref name="like"/>.</summary>
    public static Value Contract(this Graph.Graph graph, string layer, ContractRole role, ContractGeometry geometry, Value first, Value second, Value like) =>
        graph.Add(new Contract(layer, role, geometry, first, second), (layer, like.Shape, like.Scope, Element.Float)).Output;
}
