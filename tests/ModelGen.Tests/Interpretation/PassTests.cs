using ModelGen.Tests.Oracles;
using Xunit;

namespace ModelGen.Tests.Interpretation;

/// <summary>Lowering and differentiation mean what the oracle says, and no pass changes a number, in double precision.</summary>
public sealed class PassTests
{
    [Theory]
    [InlineData("convolutions")]
    [InlineData("pools")]
    [InlineData("activations")]
    [InlineData("normalisations")]
    [InlineData("losses")]
    public void KeepEveryNumberOfGoldenModels(string group)
    {
        var goldens = Golden.Read(group);
        var layers = goldens.Select(golden => golden.Layers).ToArray();
        foreach (var ((golden, network), oracle) in goldens.Zip(NetworkModels.For(layers)).Zip(OracleModels.For(layers)))
        {
            GraphComparison.Check(golden.Layers, network, oracle, golden.Ignored);
        }
    }
}
