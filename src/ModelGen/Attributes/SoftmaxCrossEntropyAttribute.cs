namespace ModelGen;

/// <summary>The loss of a choice between classes: −log softmax(x)[label], over the channels or features at every place of the others.</summary>
/// <remarks>
/// Takes scores, not probabilities. Labels: <see cref="int"/> classes from zero, one a place: of (classes) one a sample, of
/// (classes, height, width) one a pixel. The mean divides by the sum of the labels' class weights. Predictions show
/// softmax(x), the classes' probabilities. As torch.nn.CrossEntropyLoss.
/// </remarks>
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute
{
    /// <summary>The share ε of the target that is spread evenly over all classes, in [0, 1). Zero unless set.</summary>
    /// <remarks>Loss: (1 − ε)·wᵧ·(−log pᵧ) + ε/K·Σ w·(−log p). Szegedy et al., "Rethinking the Inception Architecture", 2016.</remarks>
    public double LabelSmoothing { get; init; }

    /// <summary>The label of places that take no part in the loss. −1 unless set.</summary>
    public int IgnoreIndex { get; init; } = -1;

    /// <summary>What each class counts, one number for each class, none below zero. Unset: all one.</summary>
    public double[]? ClassWeights { get; init; }
}
