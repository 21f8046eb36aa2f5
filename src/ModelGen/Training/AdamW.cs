namespace ModelGen;

/// <summary>
/// Adam whose weight decay acts on the parameters and not on the gradients, as PyTorch's <c>AdamW</c>:
/// p ← (1 − lr·decay)·p before Adam's step.
/// </summary>
/// <remarks>Loshchilov and Hutter, "Decoupled weight decay regularization", 2019.</remarks>
public sealed class AdamW : Adam
{
    /// <summary>Describes AdamW with a weight decay of 0.01.</summary>
    /// <param name="learningRate">The step width; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is not a positive number.</exception>
    public AdamW(float learningRate = 0.001f)
        : base(learningRate)
    {
        WeightDecay = 0.01f;
    }

    private protected override bool DecaysParameters => true;
}
