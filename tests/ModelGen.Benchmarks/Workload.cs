namespace ModelGen.Benchmarks;

/// <summary>A model with everything a step and a prediction need, all in memory before the clock starts.</summary>
/// <param name="Name">The name, as the peers' programs have it.</param>
/// <param name="Summary">The layers with their operations.</param>
/// <param name="Batch">The samples of a step.</param>
/// <param name="Step">One training step with Adam.</param>
/// <param name="Predict">One prediction of one sample.</param>
internal sealed record Workload(string Name, ModelSummary Summary, int Batch, Action Step, Action Predict)
{
    /// <summary>A step on numbers whose labels are classes.</summary>
    public delegate float ClassStep(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels);

    /// <summary>A step on numbers whose targets are numbers.</summary>
    public delegate float NumberStep(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets);

    /// <summary>A step on tokens whose labels are classes.</summary>
    public delegate float TokenStep(ReadOnlySpan<int> tokens, ReadOnlySpan<int> labels);

    /// <summary>A prediction from numbers.</summary>
    public delegate void NumberPrediction(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>A prediction from tokens.</summary>
    public delegate void TokenPrediction(ReadOnlySpan<int> tokens, Span<float> output);

    /// <summary>Normally distributed inputs, uniformly distributed classes.</summary>
    /// <param name="name">The name.</param>
    /// <param name="summary">The layers.</param>
    /// <param name="batch">The samples of a step.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="step">The trainer's step.</param>
    /// <param name="predict">The predictor's prediction.</param>
    /// <param name="labels">The labels of one sample, for example one a pixel.</param>
    public static Workload Classify(string name, ModelSummary summary, int batch, int classes, ClassStep step, NumberPrediction predict, int labels = 1)
    {
        var random = new SeededRandom(1);
        var (inputs, targets) = (Gaussian(random, batch * InputLength(summary)), Uniform(random, batch * labels, classes));
        var (sample, output) = (inputs[..InputLength(summary)], new float[OutputLength(summary)]);
        return new(name, summary, batch, () => step(inputs, targets), () => predict(sample, output));
    }

    /// <summary>Normally distributed inputs and targets.</summary>
    /// <param name="name">The name.</param>
    /// <param name="summary">The layers.</param>
    /// <param name="batch">The samples of a step.</param>
    /// <param name="step">The trainer's step.</param>
    /// <param name="predict">The predictor's prediction.</param>
    public static Workload Regress(string name, ModelSummary summary, int batch, NumberStep step, NumberPrediction predict)
    {
        var random = new SeededRandom(1);
        var (inputs, targets) = (Gaussian(random, batch * InputLength(summary)), Gaussian(random, batch * OutputLength(summary)));
        var (sample, output) = (inputs[..InputLength(summary)], new float[OutputLength(summary)]);
        return new(name, summary, batch, () => step(inputs, targets), () => predict(sample, output));
    }

    /// <summary>Uniformly distributed tokens, each with one as its label.</summary>
    /// <param name="name">The name.</param>
    /// <param name="summary">The layers.</param>
    /// <param name="batch">The samples of a step.</param>
    /// <param name="vocabulary">The number of different tokens.</param>
    /// <param name="step">The trainer's step.</param>
    /// <param name="predict">The predictor's prediction.</param>
    public static Workload Read(string name, ModelSummary summary, int batch, int vocabulary, TokenStep step, TokenPrediction predict)
    {
        var random = new SeededRandom(1);
        var length = InputLength(summary);
        var (tokens, labels) = (Uniform(random, batch * length, vocabulary), Uniform(random, batch * length, vocabulary));
        var (sample, output) = (tokens[..length], new float[length * vocabulary]);
        return new(name, summary, batch, () => step(tokens, labels), () => predict(sample, output));
    }

    private static int InputLength(ModelSummary summary) => Product(summary.Layers[0].OutputShape);

    private static int OutputLength(ModelSummary summary) => Product(summary.Layers[^1].OutputShape);

    private static int Product(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);

    private static float[] Gaussian(SeededRandom random, int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)random.NextGaussian();
        }

        return values;
    }

    private static int[] Uniform(SeededRandom random, int count, int end)
    {
        var values = new int[count];
        foreach (ref var value in values.AsSpan())
        {
            value = random.NextInt(end);
        }

        return values;
    }
}
