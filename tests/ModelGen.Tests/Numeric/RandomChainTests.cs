using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Chains of layers drawn at random from a fixed seed, compiled, against the oracle.</summary>
[Trait("Category", "Numeric")]
public sealed class RandomChainTests
{
    private const int Chains = 40;

    private static readonly ModelGroup s_models = new(Enumerable.Range(0, Chains).Select(seed => new RandomChain(seed).Layers));

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);
}
