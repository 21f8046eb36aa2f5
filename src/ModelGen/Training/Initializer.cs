namespace ModelGen;

/// <summary>How parameters get their first values; <see cref="ParameterSetInitialization.Initialize"/> applies one.</summary>
public abstract class Initializer
{
    /// <summary>Whether the initializer has something to say of a parameter; the others keep their values.</summary>
    /// <param name="parameter">A trained parameter.</param>
    /// <returns>True, unless a derived class says otherwise.</returns>
    public virtual bool AppliesTo(Parameter parameter) => true;

    /// <summary>Writes the first values of a parameter.</summary>
    /// <param name="parameter">The parameter to write to.</param>
    /// <param name="random">A sequence of random numbers that belongs to the seed and this parameter alone.</param>
    public abstract void Fill(Parameter parameter, SeededRandom random);
}
