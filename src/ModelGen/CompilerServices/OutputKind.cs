namespace ModelGen;

/// <summary>What the numbers of an output are; decides which metrics an evaluation computes.</summary>
public enum OutputKind
{
    /// <summary>Values as the network computes them: regression.</summary>
    Value,

    /// <summary>Probabilities over classes that sum to one along the channel or feature axis.</summary>
    ClassProbabilities,

    /// <summary>Independent probabilities, each of its own event.</summary>
    Probabilities,

    /// <summary>Zero or one, the decision of a perceptron.</summary>
    Decision,
}
