using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>How far apart the elements of a broadcast view are along the axes of the places it is read at.</summary>
internal static class ViewStrides
{
    /// <summary>The row-major strides of a view, zero along the axes it repeats.</summary>
    public static int[] Of(Shape view) => view.Strides().Select((stride, axis) => view[axis] == 1 ? 0 : stride).ToArray();
}
