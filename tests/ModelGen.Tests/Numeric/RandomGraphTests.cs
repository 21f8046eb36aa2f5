using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Graphs with skips drawn at random from a fixed seed, compiled, against the oracle; many more of them go through the passes alone.</summary>
[Trait("Category", "Numeric")]
public sealed class RandomGraphTests
{
    private const int Graphs = 30;

    private static readonly ModelGroup s_models = new(Enumerable.Range(0, Graphs).Select(seed => new RandomGraph(seed).Layers));

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);
}
