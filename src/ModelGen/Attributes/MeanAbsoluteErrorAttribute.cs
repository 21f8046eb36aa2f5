namespace ModelGen;

/// <summary>The mean of |x − t| over all elements; its slope is zero where both are equal.</summary>
/// <remarks>Targets: <see cref="float"/>, of the value's shape. Predictions show x. As torch.nn.L1Loss.</remarks>
public sealed class MeanAbsoluteErrorAttribute : LossAttribute;
