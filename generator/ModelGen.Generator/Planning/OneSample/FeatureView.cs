using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>How a map reads a value when features are in the lanes.</summary>
internal enum FeatureView
{
    /// <summary>At the same place and channel.</summary>
    Full,

    /// <summary>At the same channel, whatever the place.</summary>
    Channel,

    /// <summary>One number everywhere.</summary>
    Scalar,

    /// <summary>At the same channel or at the only one, and at places that repeat along some axes.</summary>
    Repeated,

    /// <summary>In a way that needs its elements in another order.</summary>
    Other,
}

/// <summary>Finds how a value is read.</summary>
internal static class FeatureViews
{
    /// <param name="value">The value.</param>
    /// <param name="view">The shape it is seen as, which broadcasts to the iteration.</param>
    /// <param name="iteration">The places and channels the map is evaluated at.</param>
    public static FeatureView Of(Value value, Shape view, Shape iteration)
    {
        var root = Storage.Elements(value);
        var (own, target) = (FeatureLayout.Of(root.Shape), FeatureLayout.Of(iteration));
        if (root.Element != Element.Float)
        {
            return FeatureView.Other;
        }

        if (view.Equals(iteration))
        {
            // Parameters keep their natural order, which is that of the lanes only where there is one place.
            var isInOrder = root.Scope == Scope.Model ? target.Places == 1 && root.Shape.Count == target.Channels : own == target;
            return isInOrder ? FeatureView.Full : FeatureView.Other;
        }

        if (view.Count == 1 && root.Shape.Count == 1)
        {
            return FeatureView.Scalar;
        }

        if (view[0] == target.Channels && view.Count == target.Channels
            && (root.Scope == Scope.Model ? root.Shape.Count == target.Channels : own == new FeatureLayout(target.Channels, 1)))
        {
            return FeatureView.Channel;
        }

        return root.Scope == Scope.Sample && own == FeatureLayout.Of(view) ? FeatureView.Repeated : FeatureView.Other;
    }

    /// <summary>The words a value moves by along each axis of places, zero where it repeats.</summary>
    public static int[] PlaceStrides(Value value, Shape view)
    {
        var stride = FeatureStorage.Stride(value);
        var places = new Shape(view.Extents.Skip(1));
        return [.. places.Strides().Select((step, axis) => places[axis] == 1 ? 0 : step * stride)];
    }
}
