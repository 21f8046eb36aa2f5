using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Tests.Layers;

/// <summary>That the front end answers whatever the arguments are: a network or an error, never an exception.</summary>
public sealed class HostileArgumentTests
{
    private static readonly int[] s_integers = [int.MinValue, -2, -1, 0, 1, 2, 3, 5, 7, 16, 1 << 20, 1 << 26, int.MaxValue];
    private static readonly float[] s_numbers = [float.NaN, float.NegativeInfinity, -1, 0, 0.5f, 1, float.MaxValue, float.PositiveInfinity];
    private static readonly string[] s_texts = ["", "a", "output", "input", "labels", "dense_1", "a b", "\0"];
    private static readonly string[] s_names =
    [
        "shape", "axes", "length", "features", "Vocabulary", "units", "filters", "kernel", "kernelDepth", "kernelHeight", "kernelWidth", "size", "depth", "height", "width", "scale", "groups", "Mode", "rate",
        "slope", "alpha", "delta", "Stride", "Strides", "Padding", "Paddings", "OutputPadding", "OutputPaddings", "Dilation", "Dilations", "Groups", "DepthMultiplier", "UseBias", "Momentum",
        "Epsilon", "Name", "value", "label", "Project", "Weight", "On", "LabelSmoothing", "IgnoreIndex", "ClassWeights", "Gamma", "Smooth", "anchors", "BoxWeight", "IgnoreOverlap", "blank", "MaxLength",
    ];

    [Fact]
    public void AnyArgumentsGiveAnAnswer()
    {
        var random = new Random(1);
        var attributes = LayerCatalog.Attributes.Append("Unknown").Order().ToArray();
        var right = 0;
        for (var attempt = 0; attempt < 30_000; attempt++)
        {
            var first = new LayerSpec("Input", new EquatableArray<ArgumentSpec>([new("shape", new(Integers: Integers(random, 2, random.Next(1, 5))))]));
            var layers = Enumerable.Range(0, random.Next(1, 5)).Select(_ => Layer(random, attributes)).Prepend(first);
            var result = FrontEnd.Analyze(new ModelSpec("", EquatableArray<TypeSpec>.Empty, "Net", true, layers.ToEquatableArray()));
            Assert.True(result.Network is null != result.Error is null);
            Assert.NotEmpty(result.Signature.Outputs);
            right += result.Network is null ? 0 : 1;
        }

        Assert.InRange(right, 300, 29_000);
    }

    private static LayerSpec Layer(Random random, string[] attributes) => new(
        attributes[random.Next(attributes.Length)],
        s_names.Where(_ => random.Next(3) == 0).Select(name => new ArgumentSpec(name, Value(random, name))).ToEquatableArray());

    private static ArgumentValue Value(Random random, string name) => random.Next(40) switch
    {
        0 => new ArgumentValue(),
        1 => new ArgumentValue(Text: s_texts[random.Next(s_texts.Length)]),
        2 => new ArgumentValue(Integer: s_integers[random.Next(s_integers.Length)]),
        _ when name is "shape" or "axes" || name.EndsWith("ings", StringComparison.Ordinal) || name is "Strides" or "Dilations" =>
            new ArgumentValue(Integers: Integers(random, random.Next(4) == 0 ? s_integers.Length : 3, random.Next(0, 5))),
        _ when name is "ClassWeights" or "anchors" => new ArgumentValue(Numbers: Enumerable.Range(0, random.Next(0, 5)).Select(_ => s_numbers[random.Next(s_numbers.Length)]).ToEquatableArray()),
        _ when name is "Name" or "On" or "value" or "label" => new ArgumentValue(Text: s_texts[random.Next(s_texts.Length)]),
        _ when name is "UseBias" or "Project" => new ArgumentValue(Truth: random.Next(2) == 0),
        _ when name is "rate" or "slope" or "alpha" or "delta" or "Momentum" or "Epsilon" or "Weight" or "LabelSmoothing" or "Gamma" or "Smooth" or "BoxWeight" or "IgnoreOverlap" =>
            new ArgumentValue(Number: random.Next(4) == 0 ? s_numbers[random.Next(s_numbers.Length)] : 0.5f),
        _ => new ArgumentValue(Integer: random.Next(4) == 0 ? s_integers[random.Next(s_integers.Length)] : random.Next(1, 4)),
    };

    private static EquatableArray<int> Integers(Random random, int hostility, int count) =>
        Enumerable.Range(0, count).Select(_ => hostility > 3 ? s_integers[random.Next(s_integers.Length)] : random.Next(1, 8)).ToEquatableArray();
}
