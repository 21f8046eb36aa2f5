namespace ModelGen.Tests.Numeric;

/// <summary>Two convolutions, as U-Net has them.</summary>
[Conv2D(Block.Width, 3, Padding = Pad.Same), ReLU, Conv2D(Block.Width, 3, Padding = Pad.Same), ReLU]
public sealed class DoubleConvAttribute(int width) : BlockAttribute(width);

/// <summary>The basic block of a residual network.</summary>
[Conv2D(Block.Width, 3, Stride = Block.Stride, Padding = 1, UseBias = false), BatchNorm, ReLU]
[Conv2D(Block.Width, 3, Padding = 1, UseBias = false), BatchNorm, Add(Block.Input, Project = true), ReLU]
public sealed class BasicBlockAttribute(int width) : BlockAttribute(width);

/// <summary>Squeeze and excite: channels weighed by what is in them.</summary>
[GlobalAveragePool, Dense(Block.HalfWidth), ReLU, Dense(Block.Width), Sigmoid, Multiply(Block.Input)]
public sealed class SqueezeExciteAttribute(int width) : BlockAttribute(width);

/// <summary>A block of blocks, with a label of its own.</summary>
[DoubleConv(Block.Width), Label("x"), SqueezeExcite(Block.Width), Add("x"), Concat(Block.Input)]
public sealed class NestedAttribute(int width) : BlockAttribute(width);

/// <summary>A residual of dense layers.</summary>
[Dense(Block.Units), Tanh, Dense(Block.Units), Add(Block.Input, Project = true)]
public sealed class DenseResidualAttribute : BlockAttribute
{
    /// <summary>A residual of so many units.</summary>
    public DenseResidualAttribute(int units) => Units = units;
}
