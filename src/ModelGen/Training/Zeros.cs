namespace ModelGen;

/// <summary>All values zero.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override void Fill(Parameter parameter, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        parameter.Values.Clear();
    }
}
