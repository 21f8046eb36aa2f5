namespace ModelGen;

/// <summary>Whose variance Kaiming's initialisation keeps.</summary>
public enum FanMode
{
    /// <summary>That of the values in the forward pass: <see cref="Parameter.FanIn"/>.</summary>
    FanIn,

    /// <summary>That of the gradients in the backward pass: <see cref="Parameter.FanOut"/>.</summary>
    FanOut,
}
