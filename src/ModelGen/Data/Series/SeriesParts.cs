namespace ModelGen;

/// <summary>The windows of a series, by the stretch of time that their targets lie in.</summary>
/// <param name="Train">The windows to learn from.</param>
/// <param name="Validation">The windows to choose the best model by; may be empty.</param>
/// <param name="Test">The windows to judge it by; may be empty.</param>
/// <param name="Scaling">How the features were scaled, fitted on the training stretch.</param>
/// <param name="TargetScaling">The same for the features that are forecast: takes predictions back to their own scale.</param>
public sealed record SeriesParts(SeriesPart Train, SeriesPart Validation, SeriesPart Test, Normalization Scaling, Normalization TargetScaling);
