using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>What an axis of a value means to the language.</summary>
internal enum AxisRole
{
    Channel,
    Space,
    Time,
    Feature,
}

/// <summary>One axis: its extent and what it means.</summary>
internal sealed record Axis(int Extent, AxisRole Role);

/// <summary>The type of a value in the language: its axes, and for token ids the size of their vocabulary (else zero).</summary>
/// <param name="Axes">The axes, outermost first.</param>
/// <param name="Vocabulary">For token ids, how many there are; zero for numbers.</param>
internal sealed record TensorType(EquatableArray<Axis> Axes, int Vocabulary = 0)
{
    /// <summary>The name of the recurrent layer that makes the value, whose state may start another; null where none does.</summary>
    public string? StateLayer { get; init; }

    /// <summary>The embedding layer that makes the value, and how many rows its table has; null where none does.</summary>
    public (string Layer, int Rows)? Table { get; init; }

    /// <summary>The name of the input whose samples' lengths the steps have; null where all steps count.</summary>
    public string? LengthsOf { get; init; }

    /// <summary>Equal by axes and vocabulary: where a value comes from is no part of its type.</summary>
    public bool Equals(TensorType? other) => other is not null && Vocabulary == other.Vocabulary && Axes.Equals(other.Axes);

    public override int GetHashCode() => unchecked((Axes.GetHashCode() * 31) + Vocabulary);

    public int Rank => Axes.Count;

    public Shape Shape => new(Axes.Select(axis => axis.Extent));

    /// <summary>Where the channel or feature axis is, or −1: the axis that dense layers, softmax and losses act on.</summary>
    public int ChannelAxis => Axes.ToList().FindIndex(axis => axis.Role is AxisRole.Channel or AxisRole.Feature);

    /// <summary>The number of channels or features; only where there is such an axis.</summary>
    public int Channels => Axes[ChannelAxis].Extent;

    /// <summary>The shape of one number for each channel or feature, to be broadcast over the value.</summary>
    public Shape ChannelView => Shape.WithOnes([.. Enumerable.Range(0, Rank).Where(axis => axis != ChannelAxis)]);

    /// <summary>The positions of all axes but the channel or feature axis.</summary>
    public int[] PlaceAxes => [.. Enumerable.Range(0, Rank).Where(axis => axis != ChannelAxis)];

    /// <summary>The number of elements, exact where a 32-bit product would overflow.</summary>
    public long Count => Axes.Aggregate(1L, (product, axis) => product > Limits.MaxElements ? product : product * axis.Extent);

    /// <summary>What the axes mean, as a user reads it, such as <c>(channels, height, width)</c>.</summary>
    public string Roles => RoleNames([.. Axes.Select(axis => axis.Role)]);

    /// <summary>A value of features, or of channels followed by one to three axes of space: what <c>Input</c> and <c>Reshape</c> make.</summary>
    public static TensorType ChannelsFirst(IReadOnlyList<int> extents) => extents.Count == 1
        ? Features(extents[0])
        : new(extents.Select((extent, axis) => new Axis(extent, axis == 0 ? AxisRole.Channel : AxisRole.Space)).ToEquatableArray());

    public static TensorType Features(int extent) => new(new EquatableArray<Axis>([new Axis(extent, AxisRole.Feature)]));

    public static TensorType Sequence(int length, int features) =>
        new(new EquatableArray<Axis>([new Axis(length, AxisRole.Time), new Axis(features, AxisRole.Feature)]));

    /// <summary>Whether it is a sequence.</summary>
    public bool HasTime => Axes.Any(axis => axis.Role == AxisRole.Time);

    /// <summary>One step of a sequence; of anything else, itself.</summary>
    public TensorType Step => this with { LengthsOf = null, Axes = Axes.Where(axis => axis.Role != AxisRole.Time).ToEquatableArray() };

    /// <summary>Whether the axes mean exactly this.</summary>
    public bool Is(params AxisRole[] roles) => Axes.Select(axis => axis.Role).SequenceEqual(roles);

    /// <summary>Whether it is channels followed by that many axes of space.</summary>
    public bool IsChannelsFirst(int rank) => Is([AxisRole.Channel, .. Enumerable.Repeat(AxisRole.Space, rank)]);

    /// <summary>Channels and that many axes of space as a user reads them, such as <c>(channels, height, width)</c>.</summary>
    public static string ChannelsFirstRoles(int rank) => RoleNames([AxisRole.Channel, .. Enumerable.Repeat(AxisRole.Space, rank)]);

    /// <summary>The same roles with another extent on one axis.</summary>
    public TensorType With(int axis, int extent) =>
        this with { StateLayer = null, Table = null, LengthsOf = Axes[axis].Role == AxisRole.Time ? null : LengthsOf, Axes = Axes.Select((own, index) => index == axis ? own with { Extent = extent } : own).ToEquatableArray() };

    /// <summary>The extents as a user reads them, such as <c>(6, 24, 24)</c>.</summary>
    public override string ToString() => Shape.ToString();

    private static string RoleNames(IReadOnlyList<AxisRole> roles)
    {
        string[] space = roles.Count(role => role == AxisRole.Space) switch
        {
            1 => ["length"],
            2 => ["height", "width"],
            _ => ["depth", "height", "width"],
        };
        var next = 0;
        return "(" + string.Join(", ", roles.Select(role => role switch
        {
            AxisRole.Channel => "channels",
            AxisRole.Feature => "features",
            AxisRole.Time => "length",
            _ => space[next++ % space.Length],
        })) + ")";
    }
}
