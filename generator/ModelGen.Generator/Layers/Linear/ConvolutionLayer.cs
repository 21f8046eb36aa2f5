using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>What all convolutions share; they differ in the number of axes, and in how filters and groups are given.</summary>
internal abstract class ConvolutionLayer(LayerSpec spec) : LinearLayer(spec)
{
    /// <summary>The size of the kernel along each axis of space, and by which argument it is given.</summary>
    protected abstract AxisArgument[] Kernel { get; }

    public override Inference Infer(TensorType input)
    {
        if (!input.IsChannelsFirst(Kernel.Length))
        {
            return RefuseAxes(input);
        }

        if (CheckChannels(input.Channels) is { } channelError)
        {
            return channelError;
        }

        return InferAxes(input, out var axes) is { } error
            ? error
            : TensorType.ChannelsFirst([Filters(input.Channels), .. axes.Select(ResultPlaces)]);
    }

    /// <summary>How the kernel moves along every axis of space, or what is wrong.</summary>
    protected virtual LayerError? InferAxes(TensorType input, out ContractAxis[] axes) =>
        WindowRule.Infer(this, input, Kernel, isPooling: false, out axes);

    /// <summary>The places of the result along an axis.</summary>
    protected virtual int ResultPlaces(ContractAxis axis) => axis.Out;

    protected override Shape WeightShape(TensorType input) =>
        new([Filters(input.Channels), input.Channels / Groups(input.Channels), .. Kernel.Select(size => size.Value)]);

    protected override ContractGeometry Geometry(TensorType input)
    {
        InferAxes(input, out var axes);
        var groups = Groups(input.Channels);
        return new(groups, input.Channels / groups, Filters(input.Channels) / groups, axes);
    }

    /// <summary>The channels of the result.</summary>
    protected virtual int Filters(int channels) => Spec.Integer("filters");

    /// <summary>How many parts the channels are divided into.</summary>
    protected virtual int Groups(int channels) => Spec.Integer("Groups", 1);

    /// <summary>What is wrong with filters and groups for an input of that many channels, or null.</summary>
    protected virtual LayerError? CheckChannels(int channels)
    {
        var (filters, groups) = (Filters(channels), Groups(channels));
        if ((RequireCount("filters", filters, (int)Limits.MaxElements) ?? RequireCount("Groups", groups)) is { } error)
        {
            return error;
        }

        return channels % groups != 0 ? RefuseGroups(groups, channels, "channels of its input")
            : filters % groups != 0 ? RefuseGroups(groups, filters, "filters")
            : null;

        LayerError RefuseGroups(int given, int divided, string what) => Error(
            DiagnosticDescriptors.GroupsDoNotDivide,
            "Groups",
            Format(given),
            Format(divided),
            what,
            string.Join(", ", CommonDivisors(channels, filters)));
    }

    /// <summary>The error of an input with other axes.</summary>
    protected virtual LayerError RefuseAxes(TensorType input) => WrongInput(TensorType.ChannelsFirstRoles(Kernel.Length), input);

    private static IEnumerable<int> CommonDivisors(int channels, int filters) =>
        Enumerable.Range(1, Math.Min(Math.Min(channels, filters), 4096)).Where(divisor => channels % divisor == 0 && filters % divisor == 0);
}
