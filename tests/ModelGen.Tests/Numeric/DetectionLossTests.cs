using Xunit;

namespace ModelGen.Tests.Numeric;

/// <summary>The loss of a detector, compiled: over grids, anchors, classes and weights, what it refuses, and that it learns boxes.</summary>
[Trait("Category", "Numeric")]
public sealed class DetectionLossTests
{
    private const string Small = "Input(2, 3, 4), Conv2D(14, 1), Detection(0.2, 0.3, 0.5, 0.4)";

    private const string Learner = "Input(1, 4, 4), Flatten, Dense(112), Reshape(7, 4, 4), Detection(0.25, 0.25)";

    private static readonly ModelGroup s_models = new(
        Small,
        "Input(2, 3, 4), Conv2D(6, 1), Detection(0.3, 0.3)",
        "Input(2, 1, 1), Conv2D(7, 1), Detection(0.3, 0.6)",
        "Input(2, 5, 3), Conv2D(4, 3, Padding = 1), ReLU, Conv2D(33, 1), Detection(0.1, 0.1, 0.2, 0.4, 0.6, 0.5)",
        "Input(2, 3, 4), Conv2D(16, 1), Detection(new[] { 0.2, 0.3, 0.5, 0.4 }, BoxWeight = 2, EmptyWeight = 0.1, IgnoreOverlap = 0.2, Weight = 0.5)",
        "Input(2, 3, 4), Conv2D(16, 1), Detection(new[] { 0.2, 0.3, 0.5, 0.4 }, IgnoreOverlap = 1)",
        "Input(2, 3, 4), Conv2D(5, 3, Padding = 1), Label(\"f\"), Conv2D(16, 1), Detection(0.2, 0.3, 0.5, 0.4), From(\"f\"), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy");

    private static readonly ModelGroup s_others = new(Learner);

    public static TheoryData<string> Models => s_models.Theory;

    [Theory]
    [MemberData(nameof(Models))]
    public void AgreeWithTheOracle(string layers) => s_models.Check(layers);

    [Theory]
    [InlineData(new float[] { 2, 0.5f, 0.5f, 0.1f, 0.1f }, new[] { 1 }, "boxes: row 0 has class 2 in box 0; expected a whole number of 0 … 1.")]
    [InlineData(new float[] { 0, 0.5f, 0.5f, 0.1f, 0.1f, 0.5f, 0, 0, 1, 1 }, new[] { 2 }, "boxes: row 0 has class 0.5 in box 1; expected a whole number of 0 … 1.")]
    [InlineData(new float[] { 1, 1.5f, 0.5f, 0.1f, 0.1f }, new[] { 1 }, "boxes: row 0 has centre (1.5, 0.5) in box 0; expected 0 … 1, relative to the image.")]
    [InlineData(new float[] { 1, 0.5f, float.NaN, 0.1f, 0.1f }, new[] { 1 }, "boxes: row 0 has centre (0.5, NaN) in box 0; expected 0 … 1, relative to the image.")]
    [InlineData(new float[] { 1, 0.5f, 0.5f, 0.1f, 0 }, new[] { 1 }, "boxes: row 0 has size (0.1, 0) in box 0; expected numbers above 0.")]
    [InlineData(new float[] { 1, 0.5f, 0.5f, 0.1f }, new[] { 1 }, "boxes: 4 numbers; expected 5, 5 for each of the 1 boxes that are counted.")]
    public void WrongBoxesAreRefused(float[] boxes, int[] counts, string message)
    {
        var model = s_models[Small];
        model.CreateTrainer(new GradientDescent(0.1f), 2, threads: 1);
        var exception = Assert.Throws<ArgumentException>(() => model.Step([new NumericData([new double[24]])], [new NumericData(boxes, counts)]));
        Assert.StartsWith(message, exception.Message);
        Assert.Equal("boxes", exception.ParamName);
    }

    [Fact]
    public void BoxesThatWereLearntAreFound()
    {
        var model = s_others[Learner];
        var trainer = model.CreateTrainer(new Adam(0.05f), 2, threads: 1);
        var inputs = new NumericData([[1, .. new double[15]], [.. new double[15], 1]]);
        var boxes = new NumericData([[0, 0.1, 0.2, 0.2, 0.3], [1, 1, 0.6, 0.25, 0.25, 0, 0.55, 0.6, 0.5, 0.125]]);
        for (var step = 0; step < 300; step++)
        {
            model.Step([inputs], [boxes]);
        }

        model.CreatePredictor();
        float[][] prediction = [new float[2 * 112]];
        model.Predict([inputs], prediction);
        var found = new DetectedBox[16];
        var count = DetectionDecoder.Decode(prediction[0].AsSpan(0, 112), anchors: 1, classes: 2, 0.5f, found);
        AssertBox(new DetectedBox(0, 0.1f, 0.2f, 0.2f, 0.3f), Assert.Single(found[..count]));
        count = DetectionDecoder.Decode(prediction[0].AsSpan(112), anchors: 1, classes: 2, 0.5f, found);
        Assert.Equal(2, count);
        AssertBox(new DetectedBox(0, 0.55f, 0.6f, 0.5f, 0.125f), Assert.Single(found[..count], box => box.Class == 0));
        Assert.Throws<ArgumentException>(() => DetectionDecoder.Decode(new float[111], 1, 2, 0.5f, found));
        Assert.Throws<ArgumentException>(() => DetectionDecoder.Decode(new float[112], 1, 2, 0.5f, new DetectedBox[15]));
    }

    private static void AssertBox(DetectedBox expected, DetectedBox found)
    {
        Assert.Equal(expected.Class, found.Class);
        Assert.True(expected.IntersectionOverUnion(found) > 0.9f, $"{found} is not {expected}.");
        Assert.InRange(found.Score, 0.8f, 1);
    }
}
