namespace ModelGen;

/// <summary>The mean of (x − t)² over all elements.</summary>
/// <remarks>Targets: <see cref="float"/>, of the value's shape. Predictions show x. As torch.nn.MSELoss.</remarks>
public sealed class MeanSquaredErrorAttribute : LossAttribute;
