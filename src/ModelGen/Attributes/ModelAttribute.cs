namespace ModelGen;

/// <summary>
/// Makes a partial class a neural network: the layer attributes beside it, read top to bottom, are compiled into forward
/// and backward passes while the project builds.
/// </summary>
/// <example>
/// <code>
/// [Model, Input(1, 28, 28)]
/// [Conv2D(6, 5), ReLU, MaxPool2D(2)]
/// [Conv2D(16, 5), ReLU, MaxPool2D(2)]
/// [Flatten, Dense(120), ReLU, Dense(84), ReLU]
/// [Dense(10), SoftmaxCrossEntropy]
/// public partial class LeNet5;
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>
    /// Whether 3×3 convolutions may be computed by Winograd's minimal filtering, which takes fewer multiplications and rounds
    /// a little more. True unless set.
    /// </summary>
    /// <remarks>Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016.</remarks>
    public bool Winograd { get; init; } = true;

    /// <summary>
    /// Whether training measures the gradients that flow into the states of recurrent layers, step by step, for
    /// <c>Trainer.StateGradients</c>. It costs a pass over these gradients. False unless set.
    /// </summary>
    public bool GradientNorms { get; init; }
}
