using ModelGen;

namespace PerceptronSample;

/// <summary>One neuron with a threshold, trained by Rosenblatt's rule: each wrong decision moves the weights by ± the input.</summary>
[Model, Input(2), Dense(1), PerceptronLoss]
public partial class Perceptron;
