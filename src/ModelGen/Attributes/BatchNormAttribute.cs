namespace ModelGen;

/// <summary>
/// Normalises every channel or feature over the batch and all places: y = weight·(x − mean)/√(variance + epsilon) + bias.
/// </summary>
/// <remarks>
/// Shape: unchanged. In training mean and (biased) variance are the batch's, and running ones follow them:
/// running = (1 − momentum)·running + momentum·batch, with the unbiased variance. Evaluation and prediction use the running ones.
/// Parameters: <c>weight</c> (ones), <c>bias</c> (zeros); statistics <c>running_mean</c> (zeros), <c>running_var</c> (ones), all (channels).
/// As torch.nn.BatchNorm; Ioffe and Szegedy, "Batch Normalization", ICML 2015.
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>The share of the batch in the running statistics, in (0, 1]. 0.1 unless set.</summary>
    public double Momentum { get; init; } = 0.1;

    /// <summary>What keeps the divisor from zero; above zero. 1e-5 unless set.</summary>
    public double Epsilon { get; init; } = 1e-5;
}
