namespace ModelGen;

/// <summary>A block: derive an attribute from it and annotate its class with layers; where it is used it stands for them.</summary>
/// <remarks>
/// The constants of <see cref="Block"/> stand for the arguments a block is given: constructor parameters and properties of that
/// name, in capitals or not. Labels inside a block are its own. Its layers are named after it and counted within it: the
/// second convolution of the first <c>[BasicBlock(16)]</c> has its weights in <c>basic_block_1.conv2d_2.weight</c>, or
/// <c>stem.conv2d_2.weight</c> with <c>Name = "stem"</c>. A block may contain others, but not itself.
/// <code>
/// [Conv2D(Block.Width, 3, Padding = Pad.Same), ReLU, Conv2D(Block.Width, 3, Padding = Pad.Same), ReLU]
/// public sealed class DoubleConvAttribute(int width) : BlockAttribute(width);
/// </code>
/// </remarks>
public abstract class BlockAttribute : LayerAttribute
{
    /// <summary>A block without a width.</summary>
    protected BlockAttribute()
    {
    }

    /// <summary>A block of a width.</summary>
    /// <param name="width">The number <see cref="Block.Width"/> stands for.</param>
    protected BlockAttribute(int width) => Width = width;

    /// <summary>The number <see cref="Block.Width"/> stands for, of channels mostly.</summary>
    public int Width { get; init; }

    /// <summary>The number <see cref="Block.Stride"/> stands for. One unless set.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>The number <see cref="Block.Kernel"/> stands for.</summary>
    public int Kernel { get; init; }

    /// <summary>The number <see cref="Block.Units"/> stands for.</summary>
    public int Units { get; init; }

    /// <summary>The number <see cref="Block.Heads"/> stands for.</summary>
    public int Heads { get; init; }

    /// <summary>The number <see cref="Block.Groups"/> stands for. One unless set.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>The number <see cref="Block.Dilation"/> stands for. One unless set.</summary>
    public int Dilation { get; init; } = 1;
}
