using System.IO.Enumeration;

namespace ModelGen;

/// <summary>Gives parameters other first values than their layers' defaults.</summary>
public static class ParameterSetInitialization
{
    /// <summary>Initialises the trained parameters of matching names; statistics and the others keep their values.</summary>
    /// <param name="parameters">The parameters of a model.</param>
    /// <param name="initializer">What their values become.</param>
    /// <param name="seed">Where random numbers come from; the same seed gives the same values on every machine.</param>
    /// <param name="names">A pattern for the names, <c>*</c> for any text and <c>?</c> for any letter, such as <c>conv2d_*.weight</c>.</param>
    /// <exception cref="ArgumentException">No trained parameter matches the pattern.</exception>
    /// <example><code>
    /// net.Parameters.Initialize(new KaimingNormal(), seed: 1);
    /// net.Parameters.Initialize(new Zeros(), names: "*.bias");
    /// </code></example>
    public static void Initialize(this ParameterSet parameters, Initializer initializer, int seed = 0, string names = "*")
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(initializer);
        ArgumentNullException.ThrowIfNull(names);
        var matches = 0;
        foreach (var parameter in parameters)
        {
            if (parameter.IsStatistic || !FileSystemName.MatchesSimpleExpression(names, parameter.Name, ignoreCase: false))
            {
                continue;
            }

            matches++;
            if (initializer.AppliesTo(parameter))
            {
                initializer.Fill(parameter, SeededRandom.Derive(seed, parameter.Index));
            }
        }

        if (matches == 0)
        {
            throw new ArgumentException($"No trained parameter of {parameters.ModelName} has a name that matches '{names}'.", nameof(names));
        }
    }
}
