namespace ModelGen;

/// <summary>The last step of a sequence: of each sample its own last one, where the input comes with lengths.</summary>
/// <remarks>
/// Shape: (length, features) → (features). Of a bidirectional layer it is the reverse direction after a single step: the
/// final states of both directions are what <see cref="RecurrentAttribute.InitialState"/> takes.
/// </remarks>
public sealed class LastAttribute : LayerAttribute;
