namespace ModelGen;

/// <summary>
/// The loss of a choice between classes that dwells on what is hard: with p = softmax(x) over the channels or features,
/// −wᵧ·(1 − pᵧ)^Gamma·log pᵧ of the label y, at every place of the others.
/// </summary>
/// <remarks>
/// Takes scores, not probabilities. Labels: <see cref="int"/> classes from zero, one a place: of (classes) one a sample, of
/// (classes, height, width) one a pixel. The mean divides by the sum of the labels' class weights, as that of
/// <see cref="SoftmaxCrossEntropyAttribute"/>, which it is where Gamma is zero. Predictions show softmax(x), the classes'
/// probabilities. Lin et al., "Focal Loss for Dense Object Detection", 2017, for any number of classes.
/// </remarks>
public sealed class FocalAttribute : LossAttribute
{
    /// <summary>How much less labels count that are foreseen well; at least zero, where all count alike. Two unless set.</summary>
    public double Gamma { get; init; } = 2;

    /// <summary>The label of places that take no part in the loss. −1 unless set.</summary>
    public int IgnoreIndex { get; init; } = -1;

    /// <summary>What each class counts (α in the paper), one number for each class, none below zero. Unset: all one.</summary>
    public double[]? ClassWeights { get; init; }
}
