using ModelGen;

namespace FashionMnistSample;

/// <summary>Says what a network makes of images: pixels of any number of them in, ten probabilities for each out.</summary>
internal delegate void ImageClassifier(ReadOnlySpan<float> images, Span<float> probabilities);

/// <summary>What came of a training.</summary>
/// <param name="Options">What was asked for.</param>
/// <param name="Data">The images.</param>
/// <param name="Fit">How training went.</param>
/// <param name="Test">What the network does with the test images.</param>
/// <param name="Classify">The trained network.</param>
/// <param name="ParameterFile">Where its parameters are saved.</param>
internal sealed record TrainingResult(
    Options Options, FashionData Data, FitReport Fit, Evaluation Test, ImageClassifier Classify, string ParameterFile);
