using System.Linq;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Input(shape…)</c>: numbers, channels first.</summary>
internal sealed class NumbersInputLayer(LayerSpec spec) : InputLayer(spec)
{
    public override Inference Declare()
    {
        var extents = Spec.Find("shape")?.Integers ?? EquatableArray<int>.Empty;
        if (extents.Count is < 1 or > 4)
        {
            return OutOfRange("shape", $"({string.Join(", ", extents)})", "one to four extents: (features), (channels, length), (channels, height, width) or (channels, depth, height, width)");
        }

        return RequireCounts("shape", extents, (int)Limits.MaxElements) is { } error ? error : TensorType.ChannelsFirst(extents);
    }
}
