using System.Numerics.Tensors;

namespace ModelGen;

/// <summary>Checks of tensors that a caller hands in.</summary>
internal static class TensorArguments
{
    /// <summary>Checks that a tensor holds samples of a shape, one after another.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Check(in ReadOnlyTensorSpan<float> tensor, string name, ReadOnlySpan<int> shape)
    {
        if (!IsSamples(tensor.Lengths, shape))
        {
            var expected = shape.IsEmpty ? "(samples)" : $"(samples, {string.Join(", ", shape.ToArray())})";
            throw new ArgumentException($"{name}: a tensor of shape ({string.Join(", ", tensor.Lengths.ToArray())}); expected {expected}.", name);
        }

        if (!tensor.IsDense)
        {
            throw new ArgumentException($"{name}: a tensor with gaps between its values; expected a dense one.", name);
        }
    }

    private static bool IsSamples(ReadOnlySpan<nint> lengths, ReadOnlySpan<int> shape)
    {
        var extra = lengths.Length - shape.Length;
        if (extra is < 0 or > 1)
        {
            return false;
        }

        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (lengths[axis + extra] != shape[axis])
            {
                return false;
            }
        }

        return true;
    }
}
