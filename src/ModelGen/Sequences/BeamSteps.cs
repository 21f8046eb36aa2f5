namespace ModelGen;

/// <summary>One step of a model that writes many sequences side by side.</summary>
/// <typeparam name="TState">What the model remembers of the tokens so far. It is shared by sequences that go on from it: never change one, make a new one.</typeparam>
/// <param name="states">The state of each sequence before its token; receives the one after it.</param>
/// <param name="tokens">The token that comes next in each.</param>
/// <param name="probabilities">[sequence][token]: receives the probability of each token to come after.</param>
public delegate void BeamSteps<TState>(Span<TState> states, ReadOnlySpan<int> tokens, Span<float> probabilities);
