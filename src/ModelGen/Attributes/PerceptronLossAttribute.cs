namespace ModelGen;

/// <summary>Rosenblatt's rule as a loss: with y = ±1 for the classes 1 and 0, −y·x where y·x ≤ 0, else zero.</summary>
/// <remarks>
/// Its gradient moves the weights by ±input for each wrong decision; x = 0 counts as wrong. Labels: <see cref="int"/> 0 or 1 for
/// every element of the value. Predictions show the decision, 1 where x &gt; 0, else 0. Rosenblatt, "The Perceptron", 1958.
/// </remarks>
public sealed class PerceptronLossAttribute : LossAttribute;
