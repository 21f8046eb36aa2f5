using ModelGen;

namespace DigitsSample;

/// <summary>A multi-layer perceptron: 64 pixels, 32 hidden neurons, ten digits.</summary>
[Model, Input(64)]
[Dense(32), ReLU]
[Dense(10), SoftmaxCrossEntropy]
public partial class DigitClassifier;
