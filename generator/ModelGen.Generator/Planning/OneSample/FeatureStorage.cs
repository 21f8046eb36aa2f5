using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>Where a value of a single sample lies: in the memory of which value, how many words from its start, and the words from one place to the next.</summary>
internal readonly record struct FeatureResidence(Value Root, int Offset, int Stride);

/// <summary>Values of a single sample that share memory: parts that are written straight into a concatenation, and slices of channels.</summary>
internal static class FeatureStorage
{
    /// <summary>Where a value lies in an order.</summary>
    public static FeatureResidence Find(Value value, ValueOrder order) => order == ValueOrder.Lanes ? InLanes(value) : InRows(value);

    /// <summary>The words from one place of a value to the next, features in the lanes.</summary>
    public static int Stride(Value value) => InLanes(value).Stride;

    /// <summary>Whether the elements of a value lie in the lanes as its own shape says, and not as that of what it is a view of.</summary>
    public static bool IsInOrder(Value value) => FeatureLayout.Of(Storage.Elements(value).Shape) == FeatureLayout.Of(value.Shape);

    /// <summary>Whether a slice is a view of what it is taken from when features are in the lanes; in row-major order it is whenever <see cref="Storage.IsView"/> says so.</summary>
    public static bool IsViewInLanes(Slice slice) =>
        Storage.IsView(slice)
        && IsInOrder(slice.Inputs[0])
        && (Storage.Elements(slice.Inputs[0]).Producer is not Slice inner || !Storage.IsView(inner) || IsViewInLanes(inner));

    /// <summary>Whether both orders are the same: there is one place.</summary>
    public static bool IsEitherOrder(Value value) => FeatureLayout.Of(Storage.Elements(value).Shape).Places == 1;

    private static FeatureResidence InLanes(Value value)
    {
        value = Storage.Elements(value);
        if (value.Part is { } part)
        {
            // The offset of a part counts elements of the whole, whose places all lie between two channels.
            var whole = InLanes(part.Whole);
            return whole with { Offset = whole.Offset + (part.Offset / FeatureLayout.Of(value.Shape).Places) };
        }

        if (value is { Scope: Scope.Sample, Producer: Slice slice } && IsViewInLanes(slice))
        {
            var whole = InLanes(slice.Inputs[0]);
            var step = slice.Axis == 0 ? 1 : slice.Inputs[0].Shape.Strides()[slice.Axis] * whole.Stride;
            return whole with { Offset = whole.Offset + (slice.Start * step) };
        }

        return new(value, 0, FeatureLayout.Of(value.Shape).Stride);
    }

    private static FeatureResidence InRows(Value value)
    {
        value = Storage.Elements(value);
        if (value is { Scope: Scope.Sample, Producer: Slice slice } && Storage.IsView(slice))
        {
            var whole = InRows(slice.Inputs[0]);
            return whole with { Offset = whole.Offset + (slice.Start * slice.Inputs[0].Shape.Strides()[slice.Axis]) };
        }

        return new(value, 0, 1);
    }

    /// <summary>Whether what is concatenated can be written by kernels that fill whole vectors of channels: no part writes over the one behind it.</summary>
    public static bool ServesParts(Concat concat)
    {
        if (concat is not { Axis: 0, Output: { Scope: Scope.Sample, Element: Element.Float } })
        {
            return false;
        }

        var whole = FeatureLayout.Of(concat.Output.Shape).Stride;
        return concat.Inputs
            .Select((input, index) => (Start: concat.Start(index), Layout: FeatureLayout.Of(input.Shape), IsLast: index == concat.Inputs.Count - 1))
            .All(part => part.IsLast ? part.Start + part.Layout.Stride <= whole : part.Layout.Stride == part.Layout.Channels);
    }
}
