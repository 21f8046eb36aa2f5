using System.Globalization;
using ModelGen.Generator.Tests.Harness;

namespace ModelGen.Generator.Tests.Robustness;

/// <summary>The generated code is the same on a machine of any culture.</summary>
public sealed class CultureTests
{
    [Theory]
    [InlineData("LeNet5", SourceModels.LeNet5)]
    [InlineData("Normalized", SourceModels.Normalized)]
    public void AHostileCultureChangesNothing(string name, string source)
    {
        var spec = SourceModels.Spec(source, name);
        var expected = ModelCompiler.Compile(spec, CancellationToken.None);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Hostile();
            Assert.Equal(expected, ModelCompiler.Compile(spec, CancellationToken.None));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Numbers look like nothing C# could read.</summary>
    private static CultureInfo Hostile()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "minus ";
        culture.NumberFormat.NumberDecimalSeparator = " point ";
        culture.NumberFormat.NumberGroupSeparator = "'";
        culture.NumberFormat.PositiveInfinitySymbol = "much";
        return culture;
    }
}
