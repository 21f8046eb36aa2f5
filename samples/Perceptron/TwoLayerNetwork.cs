using ModelGen;

namespace PerceptronSample;

/// <summary>Eight neurons between the inputs and the decision bend the plane in which the last neuron draws its line.</summary>
[Model, Input(2)]
[Dense(8), Tanh]
[Dense(1), BinaryCrossEntropy]
public partial class TwoLayerNetwork;
