namespace ModelGen;

/// <summary>Stands for the arguments of a block on the layers of its class; see <see cref="BlockAttribute"/>.</summary>
/// <remarks>These are placeholders, not numbers: the generator puts the block's arguments in their place, and reports arithmetic on them.</remarks>
public static class Block
{
    /// <summary>The width the block is given.</summary>
    public const int Width = -2_130_000_000;

    /// <summary>Half of the width, which must be even.</summary>
    public const int HalfWidth = -1_990_000_000;

    /// <summary>A quarter of the width, which must be a multiple of four.</summary>
    public const int QuarterWidth = -1_850_000_000;

    /// <summary>Twice the width.</summary>
    public const int DoubleWidth = -1_710_000_000;

    /// <summary>Four times the width.</summary>
    public const int QuadrupleWidth = -1_570_000_000;

    /// <summary>The stride the block is given, or one.</summary>
    public const int Stride = -1_430_000_000;

    /// <summary>The size of kernels the block is given.</summary>
    public const int Kernel = -1_290_000_000;

    /// <summary>The number of units the block is given.</summary>
    public const int Units = -1_150_000_000;

    /// <summary>The number of heads the block is given.</summary>
    public const int Heads = -1_010_000_000;

    /// <summary>The number of groups the block is given, or one.</summary>
    public const int Groups = -870_000_000;

    /// <summary>The dilation the block is given, or one.</summary>
    public const int Dilation = -730_000_000;

    /// <summary>The label of what the block takes.</summary>
    public const string Input = "<input of the block>";
}
