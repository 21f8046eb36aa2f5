namespace ModelGen;

/// <summary>One step of a model that writes token after token.</summary>
/// <typeparam name="TState">What the model remembers of the tokens so far. It is shared by sequences that go on from it: never change one, make a new one.</typeparam>
/// <param name="state">The state before the token.</param>
/// <param name="token">The token that comes next in the sequence.</param>
/// <param name="probabilities">Receives the probability of each token to come after it.</param>
/// <returns>The state after the token.</returns>
public delegate TState BeamStep<TState>(TState state, int token, Span<float> probabilities);
