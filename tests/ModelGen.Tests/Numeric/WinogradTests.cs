using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>Convolutions that are computed by Winograd's minimal filtering, forward, towards the input and towards the weights, against the oracle.</summary>
/// <remarks>A 1×1 convolution stands before the one in question, so that its input gradient matters.</remarks>
[Trait("Category", "Numeric")]
public sealed class WinogradTests
{
    private const int SmallestSize = 5;
    private const int LargestSize = 13;

    // The gradient of the weights gains with more channels than the others do.
    private const int ChannelsOfGradients = 32;

    private static readonly int[] s_channels = [16, 17, 24, 32];

    private static readonly ModelGroup s_models = new([.. Sizes(), .. Channels(), .. Turns(), .. Gradients(), .. Fused()]);

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers, Tolerance.Winograd);

    /// <summary>Every height, and with it each padding and another width: tiles cut on either side by every number of places.</summary>
    private static IEnumerable<string> Sizes()
    {
        for (var height = SmallestSize; height <= LargestSize; height++)
        {
            var width = SmallestSize + ((height * 2) % (LargestSize - SmallestSize + 1));
            yield return Convolution(16, 16, height, width, $"Padding = {height % 3}");
        }

        yield return Convolution(16, 17, 9, 12, "Paddings = new[] { 2, 0 }");
        yield return Convolution(17, 16, 12, 10, "Paddings = new[] { 0, 1 }, UseBias = false");
    }

    private static IEnumerable<string> Channels() =>
        s_channels.Select((channels, i) => Convolution(channels, s_channels[(i + 1) % s_channels.Length], 7, 8, "Padding = 1"));

    /// <summary>Rows of tiles too long for the cache: in two turns forward and back, in three, and in turns one way only.</summary>
    private static IEnumerable<string> Turns()
    {
        yield return Convolution(64, 16, 6, 32, "Padding = 1");
        yield return Convolution(16, 64, 5, 48, "Padding = 1");
        yield return Convolution(64, 17, 5, 34, "Paddings = new[] { 1, 0 }");
        yield return Convolution(17, 64, 5, 30, "Paddings = new[] { 0, 2 }");
    }

    /// <summary>Tiles cut by every number of places; rows of tiles that are summed up in one, two and three turns, the last one shorter.</summary>
    private static IEnumerable<string> Gradients()
    {
        for (var height = 7; height <= 10; height++)
        {
            yield return Convolution(ChannelsOfGradients, ChannelsOfGradients, height, 18 - height, $"Padding = {height % 3}");
        }

        yield return Convolution(ChannelsOfGradients, 33, 5, 19, "Padding = 1, UseBias = false");
        yield return Convolution(33, ChannelsOfGradients, 8, 36, "Paddings = new[] { 0, 2 }");
        yield return Convolution(17, 40, 12, 12, "Padding = 1");
        yield return Convolution(40, 16, 12, 15, "Paddings = new[] { 1, 0 }");
        yield return "Input(2, 8, 8), Conv2D(32, 1), ConvTranspose2D(40, 3, Padding = 1), MeanSquaredError";
        yield return "Input(2, 9, 9), Conv2D(32, 1), Label(\"a\"), Conv2D(32, 3, Padding = 1), ReLU, Conv2D(32, 3, Padding = 1), Add(\"a\"), MeanSquaredError";
    }

    private static IEnumerable<string> Fused()
    {
        yield return "Input(2, 9, 12), Conv2D(16, 3), ReLU, Conv2D(17, 3, Padding = 1), ReLU, MaxPool2D(2), Conv2D(16, 3, Padding = 2), Tanh, Flatten, Dense(3), SoftmaxCrossEntropy";
        yield return "Input(2, 6, 9), Conv2D(16, 1), ConvTranspose2D(16, 3, Padding = 1), ReLU, ConvTranspose2D(17, 3), MeanSquaredError";
        yield return "Input(2, 8, 8), Conv2D(16, 1), Conv2D(24, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, Conv2D(16, 3, Padding = 1), LeakyReLU, GlobalAveragePool, Dense(3), MeanSquaredError";
    }

    private static string Convolution(int channels, int filters, int height, int width, string options) =>
        $"Input(2, {height}, {width}), Conv2D({channels}, 1), Conv2D({filters}, 3, {options}), MeanSquaredError";
}
