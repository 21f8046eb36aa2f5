namespace ModelGen;

/// <summary>A layer of a network: every attribute of the language but <see cref="ModelAttribute"/> is one.</summary>
/// <remarks>The layers of a class are read in the order they stand in, each taking the value of the one before it.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The name of the layer, by which its parameters are found (<c>stem</c> in <c>stem.weight</c>) and by which an input
    /// becomes an argument: letters, digits and underscores, unique in the model. Unset: its kind and number, such as <c>conv2d_1</c>.
    /// </summary>
    public string? Name { get; init; }
}
