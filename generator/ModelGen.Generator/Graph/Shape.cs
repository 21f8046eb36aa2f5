using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Graph;

/// <summary>The extents of a value, outermost first; the samples of a batch are never among them. Immutable, equal by content.</summary>
internal sealed class Shape : IEquatable<Shape>
{
    private readonly int[] _extents;

    public Shape(params int[] extents) => _extents = extents;

    public Shape(IEnumerable<int> extents) => _extents = extents.ToArray();

    /// <summary>One number: no axes.</summary>
    public static Shape Scalar { get; } = new();

    public int Rank => _extents.Length;

    public int this[int axis] => _extents[axis];

    public IReadOnlyList<int> Extents => _extents;

    /// <summary>The number of elements of one sample.</summary>
    public int Count => _extents.Aggregate(1, (product, extent) => product * extent);

    /// <summary>As many axes of one, so that one number broadcasts.</summary>
    public Shape Ones => new(_extents.Select(_ => 1));

    /// <summary>The distance between neighbours along each axis in row-major order.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        var stride = 1;
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= _extents[axis];
        }

        return strides;
    }

    /// <summary>The shape with another extent along one axis.</summary>
    public Shape With(int axis, int extent) => new(_extents.Select((own, index) => index == axis ? extent : own));

    /// <summary>The shape without the given axes.</summary>
    public Shape Without(IReadOnlyCollection<int> axes) => new(_extents.Where((_, axis) => !axes.Contains(axis)));

    /// <summary>The shape with the given axes set to one, so that it broadcasts back.</summary>
    public Shape WithOnes(IReadOnlyCollection<int> axes) => new(_extents.Select((extent, axis) => axes.Contains(axis) ? 1 : extent));

    /// <summary>Whether this shape, of the same rank, stretches to <paramref name="target"/> by repeating its axes of one.</summary>
    public bool BroadcastsTo(Shape target) =>
        Rank == target.Rank && _extents.Zip(target._extents, (own, other) => own == other || own == 1).All(fits => fits);

    public bool Equals(Shape? other) => other is not null && _extents.SequenceEqual(other._extents);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => _extents.Aggregate(17, (hash, extent) => unchecked((hash * 31) + extent));

    public override string ToString() => "(" + string.Join(", ", _extents) + ")";
}
