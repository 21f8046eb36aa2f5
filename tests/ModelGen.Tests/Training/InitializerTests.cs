using ModelGen.Tests.Serialization;
using Xunit;

namespace ModelGen.Tests.Training;

public sealed class InitializerTests
{
    [Theory]
    [InlineData("kaiming uniform", 0.33333, true)]
    [InlineData("kaiming normal", 0.33333, false)]
    [InlineData("kaiming leaky fan-out", 0.21082, false)]
    [InlineData("xavier uniform", 0.19245, true)]
    [InlineData("xavier normal gain", 0.38490, false)]
    public void HasTheDeviationOfItsFormula(string name, double expected, bool isUniform)
    {
        // The convolution has a fan-in of 18 and a fan-out of 36.
        Initializer initializer = name switch
        {
            "kaiming uniform" => new KaimingUniform(),
            "kaiming normal" => new KaimingNormal(),
            "kaiming leaky fan-out" => new KaimingNormal(0.5f, FanMode.FanOut),
            "xavier uniform" => new XavierUniform(),
            _ => new XavierNormal(2),
        };
        var parameters = TestParameters.Create();
        var squares = 0.0;
        var greatest = 0f;
        for (var seed = 0; seed < 200; seed++)
        {
            parameters.Initialize(initializer, seed);
            foreach (var value in parameters["conv2d_1.weight"].Values)
            {
                squares += (double)value * value;
                greatest = Math.Max(greatest, Math.Abs(value));
            }
        }

        var deviation = Math.Sqrt(squares / (200 * 72));
        Assert.InRange(deviation, expected * 0.97, expected * 1.03);
        Assert.Equal(isUniform, greatest <= expected * Math.Sqrt(3));
    }

    [Fact]
    public void TouchesMatchingTrainedParametersOnly()
    {
        var parameters = TestParameters.Create();
        var before = TestParameters.Create();
        parameters["batchnorm_1.running_mean"].Values.Fill(7);
        parameters.Initialize(new Constant(0.5f), names: "*.bias");
        Assert.All(parameters["dense_1.bias"].Values.ToArray(), value => Assert.Equal(0.5f, value));
        Assert.Equal(before["dense_1.weight"].Values.ToArray(), parameters["dense_1.weight"].Values.ToArray());

        parameters.Initialize(new Zeros());
        Assert.All(parameters.Where(parameter => !parameter.IsStatistic), parameter => Assert.DoesNotContain(parameter.Values.ToArray(), value => value != 0));
        Assert.Equal(7, parameters["batchnorm_1.running_mean"].Values[0]);

        parameters.Initialize(new LayerDefault(), seed: 1);
        Assert.Equal(before["conv2d_1.weight"].Values.ToArray(), parameters["conv2d_1.weight"].Values.ToArray());
        Assert.Equal(1, parameters["batchnorm_1.weight"].Values[0]);

        parameters.Initialize(new KaimingNormal(), seed: 5);
        Assert.Equal(before["dense_1.bias"].Values.ToArray(), parameters["dense_1.bias"].Values.ToArray());
        Assert.Equal(1, parameters["batchnorm_1.weight"].Values[0]);
    }

    [Fact]
    public void TheSeedDecides()
    {
        var one = TestParameters.Create();
        var same = TestParameters.Create(seed: 9);
        one.Initialize(new KaimingUniform(), seed: 3);
        same.Initialize(new KaimingUniform(), seed: 3, names: "conv2d_1.*");
        Assert.Equal(one["conv2d_1.weight"].Values.ToArray(), same["conv2d_1.weight"].Values.ToArray());
        same.Initialize(new KaimingUniform(), seed: 4);
        Assert.NotEqual(one["conv2d_1.weight"].Values.ToArray(), same["conv2d_1.weight"].Values.ToArray());
    }

    [Fact]
    public void APatternWithoutAMatchIsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => TestParameters.Create().Initialize(new Zeros(), names: "*.wieght"));
        Assert.Contains("No trained parameter of Tiny has a name that matches '*.wieght'", error.Message, StringComparison.Ordinal);
    }
}
