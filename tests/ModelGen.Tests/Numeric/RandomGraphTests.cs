using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Graphs with skips drawn at random from a fixed seed, compiled, against the oracle; many more of them go through the passes alone.</summary>
[Trait("Category", "Numeric")]
public sealed class RandomGraphTests
{
    private const int Graphs = 30;

    // Skips double and products square what a normalisation then subtracts its running mean from: in single precision the
    // difference keeps the rounding of the large numbers. In double precision all three hundred agree in the tests of the passes.
    private static readonly Tolerance s_tolerance = Tolerance.Products with { OfRootMeanSquare = 1e-4 };

    private static readonly ModelGroup s_models = new(Enumerable.Range(0, Graphs).Select(seed => new RandomGraph(seed).Layers));

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers, s_tolerance);
}
