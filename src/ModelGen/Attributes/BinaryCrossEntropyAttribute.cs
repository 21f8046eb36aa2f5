namespace ModelGen;

/// <summary>The loss of independent yes-or-no questions: −t·log σ(x) − (1 − t)·log(1 − σ(x)) at every element.</summary>
/// <remarks>
/// Takes scores (logits), not probabilities. Targets: <see cref="float"/> t in [0, 1], of the value's shape. Predictions show
/// σ(x). As torch.nn.BCEWithLogitsLoss.
/// </remarks>
public sealed class BinaryCrossEntropyAttribute : LossAttribute;
