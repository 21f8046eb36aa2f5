using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Layers;

/// <summary>A number for one axis of space and the argument it was given by.</summary>
internal readonly record struct AxisArgument(int Value, string Argument);

/// <summary>
/// How a kernel or pooling window moves over the axes of space: reads size, stride, padding and dilation of a layer and says
/// how many places come out, or what is wrong.
/// </summary>
internal static class WindowRule
{
    /// <summary>The value of <c>Padding</c> that stands for ceil(size / stride) output places.</summary>
    private const int Same = -1;

    /// <summary>The value of <c>Padding</c> that stands for all zeros before the input; of convolutions along one axis.</summary>
    private const int Causal = -2;

    /// <summary>The window along every axis of space.</summary>
    /// <param name="layer">The layer, whose arguments and name are read.</param>
    /// <param name="input">The input, of channels and axes of space.</param>
    /// <param name="sizes">The size of the kernel or window along each.</param>
    /// <param name="isPooling">Whether it is a pooling window: strides default to its size, padding is at most half of it.</param>
    /// <param name="axes">The result, empty when there is an error.</param>
    /// <returns>What is wrong, or null.</returns>
    public static LayerError? Infer(Layer layer, TensorType input, IReadOnlyList<AxisArgument> sizes, bool isPooling, out ContractAxis[] axes)
    {
        axes = [];
        var extents = input.Axes.Where(axis => axis.Role == AxisRole.Space).Select(axis => axis.Extent).ToArray();
        var count = extents.Length;
        foreach (var size in sizes)
        {
            if (layer.RequireCount(size.Argument, size.Value, Limits.MaxPlaces) is { } sizeError)
            {
                return sizeError;
            }
        }

        var ones = Enumerable.Repeat(1, count).ToArray();
        var strideError = Read(layer, "Stride", isPooling ? [.. sizes.Select(size => size.Value)] : ones, out var strides);
        var paddingError = Read(layer, "Padding", new int[count], out var paddings);
        var dilationError = Read(layer, "Dilation", ones, out var dilations);
        if ((strideError ?? paddingError ?? dilationError) is { } readError)
        {
            return readError;
        }

        for (var i = 0; i < count; i++)
        {
            if ((layer.RequireCount(strides[i].Argument, strides[i].Value, Limits.MaxPlaces) ??
                 layer.RequireCount(dilations[i].Argument, dilations[i].Value, Limits.MaxPlaces) ??
                 CheckPadding(layer, paddings[i], sizes[i], isPooling, mayBeCausal: count == 1 && !isPooling)) is { } error)
            {
                return error;
            }
        }

        var result = new ContractAxis[count];
        for (var i = 0; i < count; i++)
        {
            var (size, stride, dilation) = (sizes[i].Value, strides[i].Value, dilations[i].Value);
            var reach = ((long)dilation * (size - 1)) + 1;
            if (reach > Limits.MaxElements)
            {
                return layer.OutOfRange(sizes[i].Argument, Format(size), $"at most {Format((int)(Limits.MaxElements / dilation))} with a dilation of {Format(dilation)}");
            }

            // However the zeros are placed, both give a place for every stride of the input.
            var (isSame, isCausal) = (paddings[i].Value == Same, paddings[i].Value == Causal);
            var places = isSame || isCausal ? (extents[i] + stride - 1) / stride : FloorDivide(extents[i] + (2L * paddings[i].Value) - reach, stride) + 1;
            if (places < 1)
            {
                return TooLarge(layer, input, extents, sizes, strides, paddings, dilations, isPooling, i, places);
            }

            // The odd zero of Pad.Same stands at the end, which the extents imply.
            var padding = isCausal ? (int)(reach - 1) : isSame ? (int)(Math.Max(((places - 1) * stride) + reach - extents[i], 0) / 2) : paddings[i].Value;
            result[i] = new ContractAxis(extents[i], (int)places, size, stride, dilation, padding);
        }

        axes = result;
        return null;
    }

    /// <summary>
    /// The window along every axis of space of a transposed convolution, seen from the convolution it is the gradient of: its
    /// <c>Out</c> is the layer's input and its <c>In</c> the layer's result.
    /// </summary>
    /// <param name="layer">The layer, whose arguments and name are read.</param>
    /// <param name="input">The input, of channels and axes of space.</param>
    /// <param name="sizes">The size of the kernel along each.</param>
    /// <param name="axes">The result, empty when there is an error.</param>
    /// <returns>What is wrong, or null.</returns>
    public static LayerError? InferTransposed(Layer layer, TensorType input, IReadOnlyList<AxisArgument> sizes, out ContractAxis[] axes)
    {
        axes = [];
        var extents = input.Axes.Where(axis => axis.Role == AxisRole.Space).Select(axis => axis.Extent).ToArray();
        var count = extents.Length;
        var ones = Enumerable.Repeat(1, count).ToArray();
        var strideError = Read(layer, "Stride", ones, out var strides);
        var paddingError = Read(layer, "Padding", new int[count], out var paddings);
        var outputError = Read(layer, "OutputPadding", new int[count], out var outputPaddings);
        var dilationError = Read(layer, "Dilation", ones, out var dilations);
        var error = strideError ?? paddingError ?? outputError ?? dilationError;
        var result = new ContractAxis[count];
        for (var i = 0; i < count && error is null; i++)
        {
            error = layer.RequireCount(sizes[i].Argument, sizes[i].Value, Limits.MaxPlaces) ??
                layer.RequireCount(strides[i].Argument, strides[i].Value, Limits.MaxPlaces) ??
                layer.RequireCount(dilations[i].Argument, dilations[i].Value, Limits.MaxPlaces) ??
                CheckPadding(layer, paddings[i], sizes[i], isPooling: false, mayBeCausal: false) ??
                TransposedAxis(layer, extents[i], sizes[i], strides[i], paddings[i], outputPaddings[i], dilations[i], out result[i]);
            if (error is null && result[i].In < 1)
            {
                error = NothingLeft(i);
            }
        }

        if (error is null)
        {
            axes = result;
        }

        return error;

        LayerError NothingLeft(int axis)
        {
            var kernel = sizes.Count == 1 ? $"kernel of {Format(sizes[0].Value)}" : $"{string.Join("×", sizes.Select(size => Format(size.Value)))} kernel";
            var formula = $"({Format(extents[axis])} − 1)·{Format(strides[axis].Value)} − 2·{Format(paddings[axis].Value)} + {Format(dilations[axis].Value)}·({Format(sizes[axis].Value)} − 1) + {Format(outputPaddings[axis].Value)} + 1";
            var most = ((extents[axis] - 1) * (long)strides[axis].Value) + ((long)dilations[axis].Value * (sizes[axis].Value - 1)) + outputPaddings[axis].Value;
            return layer.Error(
                DiagnosticDescriptors.TransposedToNothing,
                paddings[axis].Argument,
                kernel,
                input.ToString(),
                formula,
                $"{Format(result[axis].In)} {Units(count)[axis % Units(count).Length]}",
                (most / 2).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static LayerError? TransposedAxis(
        Layer layer, int extent, AxisArgument size, AxisArgument stride, AxisArgument padding, AxisArgument outputPadding, AxisArgument dilation, out ContractAxis axis)
    {
        axis = new ContractAxis(0, 0, 0);
        var reach = ((long)dilation.Value * (size.Value - 1)) + 1;
        if (reach > Limits.MaxElements)
        {
            return layer.OutOfRange(size.Argument, Format(size.Value), $"at most {Format((int)(Limits.MaxElements / dilation.Value))} with a dilation of {Format(dilation.Value)}");
        }

        var isSame = padding.Value == Same;
        var most = isSame ? 0 : Math.Max(stride.Value, dilation.Value) - 1;
        if (outputPadding.Value < 0 || outputPadding.Value > most)
        {
            return layer.OutOfRange(
                outputPadding.Argument,
                Format(outputPadding.Value),
                isSame ? "0 with Pad.Same" : $"0 to {Format(most)}, below the larger of stride and dilation");
        }

        if ((extent * (long)stride.Value) + reach > Limits.MaxElements * 2)
        {
            return layer.OutOfRange(stride.Argument, Format(stride.Value), $"at most {Format((int)Math.Max(1, Limits.MaxElements / extent))} for {Format(extent)} places");
        }

        // The convolution that leads back: with Pad.Same it takes size·stride places to size.
        axis = isSame
            ? new ContractAxis(extent * stride.Value, extent, size.Value, stride.Value, dilation.Value, (int)(Math.Max(reach - stride.Value, 0) / 2))
            : new ContractAxis(
                (int)(((extent - 1) * (long)stride.Value) - (2L * padding.Value) + reach + outputPadding.Value), extent, size.Value, stride.Value, dilation.Value, padding.Value);
        return null;
    }

    /// <summary>The sizes given by one argument for all axes, or by one for each.</summary>
    public static AxisArgument[] Sizes(Layer layer, string all, params string[] each) =>
        each.Length == 0 || layer.Spec.Find(all) is not null
            ? [.. Enumerable.Repeat(new AxisArgument(layer.Spec.Integer(all), all), Math.Max(each.Length, 1))]
            : [.. each.Select(name => new AxisArgument(layer.Spec.Integer(name), name))];

    private static LayerError? Read(Layer layer, string name, int[] otherwise, out AxisArgument[] values)
    {
        var plural = name + "s";
        values = [.. otherwise.Select(value => new AxisArgument(layer.Spec.Integer(name, value), name))];
        if (layer.Spec.Find(plural)?.Integers is not { } each)
        {
            return null;
        }

        if (layer.Spec.Find(name) is not null)
        {
            return layer.Error(DiagnosticDescriptors.GivenTwice, plural, name, plural);
        }

        if (each.Count != otherwise.Length)
        {
            return layer.Error(DiagnosticDescriptors.AxisCount, plural, plural, Format(each.Count), Format(otherwise.Length));
        }

        values = [.. each.Select((value, axis) => new AxisArgument(value, $"{plural}[{axis}]"))];
        return null;
    }

    private static LayerError? CheckPadding(Layer layer, AxisArgument padding, AxisArgument size, bool isPooling, bool mayBeCausal)
    {
        var most = isPooling ? size.Value / 2 : Limits.MaxPlaces;
        if (padding.Value == Same || (mayBeCausal && padding.Value == Causal) || (padding.Value >= 0 && padding.Value <= most))
        {
            return null;
        }

        var words = mayBeCausal ? "Pad.Same or Pad.Causal" : "Pad.Same";
        return layer.OutOfRange(
            padding.Argument,
            padding.Value == Causal ? "Pad.Causal" : Format(padding.Value),
            isPooling ? $"0 to {Format(most)}, half the window, or {words}" : padding.Value < 0 ? $"at least 0, or {words}" : $"at most {Format(most)}");
    }

    private static LayerError TooLarge(
        Layer layer,
        TensorType input,
        int[] extents,
        IReadOnlyList<AxisArgument> sizes,
        AxisArgument[] strides,
        AxisArgument[] paddings,
        AxisArgument[] dilations,
        bool isPooling,
        int axis,
        long places)
    {
        var name = isPooling ? "window" : "kernel";
        var window = sizes.Count == 1 ? $"{name} of {Format(sizes[0].Value)}" : $"{string.Join("×", sizes.Select(size => Format(size.Value)))} {name}";
        var span = isPooling ? Format(sizes[axis].Value) : $"{Format(dilations[axis].Value)}·({Format(sizes[axis].Value)} − 1) − 1";
        var formula = $"({Format(extents[axis])} + 2·{Format(paddings[axis].Value)} − {span})/{Format(strides[axis].Value)} + 1";
        var units = Units(sizes.Count);

        // Along an axis with Pad.Same everything fits, so there the size may stay.
        var most = Enumerable.Range(0, sizes.Count).Select(i => paddings[i].Value == Same
            ? sizes[i].Value
            : Math.Min(((extents[i] + (2L * paddings[i].Value) - 1) / dilations[i].Value) + 1, Limits.MaxPlaces));
        var fits = $"{name} may be at most {string.Join("×", most)}, or use Padding = Pad.Same";
        return layer.Error(
            DiagnosticDescriptors.WindowTooLarge, sizes[axis].Argument, window, input.ToString(), formula, $"{places.ToString(CultureInfo.InvariantCulture)} {units[axis % units.Length]}", fits);
    }

    /// <summary>What the places of each axis are called.</summary>
    private static string[] Units(int axes) => axes switch
    {
        1 => ["places"],
        2 => ["rows", "columns"],
        _ => ["slices", "rows", "columns"],
    };

    private static long FloorDivide(long dividend, long divisor) =>
        dividend >= 0 ? dividend / divisor : -((-dividend + divisor - 1) / divisor);

    private static string Format(int value) => value.ToString(CultureInfo.InvariantCulture);
}
