using ModelGen.Generator.Emit;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>
/// How a value of a single sample lies in memory when its channels or features are in the lanes: [place][channel], the
/// channels of a place padded to whole vectors. The first axis of a shape counts the channels, the others the places.
/// </summary>
internal readonly record struct FeatureLayout(int Channels, int Places)
{
    private const int Line = VectorWidth.BlockLanes;

    /// <summary>The words from one place to the next. Few channels are padded to a narrower vector, which wastes fewer lanes.</summary>
    public int Stride => Channels <= 4 ? 4 : Channels <= 8 ? 8 : (Channels + Line - 1) / Line * Line;

    public int Words => Stride * Places;

    public static FeatureLayout Of(Shape shape) => shape.Rank == 0 ? new(1, 1) : new(shape[0], shape.Count / shape[0]);

    /// <summary>The vectors that hold the channels of a place: of the kernel's width, or narrower where there are few channels.</summary>
    public VectorWidth Width(VectorWidth width) => Stride < width.Lanes ? width with { Bits = Stride * 32 } : width;
}
