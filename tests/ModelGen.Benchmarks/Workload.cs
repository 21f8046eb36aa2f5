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

    /// <summary>Normally distributed inputs, uniformly distributed classes: one for each sample, or at each of its places.</summary>
    /// <param name="setup">Name, batch and threads.</param>
    /// <param name="net">The model.</param>
    /// <param name="step">Makes the trainer's step.</param>
    /// <param name="predict">Makes the predictor's prediction.</param>
    public static Workload Classify<TModel>(Setup setup, TModel net, Func<TModel, ClassStep> step, Func<TModel, NumberPrediction> predict)
        where TModel : IModel<TModel>
    {
        var (summary, random) = (TModel.Summary, new SeededRandom(1));
        var (length, outputs, classes) = (InputLength(summary), OutputLength(summary), summary.Layers[^1].OutputShape[0]);
        var (inputs, labels) = (Gaussian(random, setup.Batch * length), Uniform(random, setup.Batch * (outputs / classes), classes));
        var (sample, output) = (inputs[..length], new float[outputs]);
        var (train, say) = (step(net), predict(net));
        return new(setup.Name, summary, setup.Batch, () => train(inputs, labels), () => say(sample, output));
    }

    /// <summary>Normally distributed inputs and targets.</summary>
    /// <param name="setup">Name, batch and threads.</param>
    /// <param name="net">The model.</param>
    /// <param name="step">Makes the trainer's step.</param>
    /// <param name="predict">Makes the predictor's prediction.</param>
    public static Workload Regress<TModel>(Setup setup, TModel net, Func<TModel, NumberStep> step, Func<TModel, NumberPrediction> predict)
        where TModel : IModel<TModel>
    {
        var (summary, random) = (TModel.Summary, new SeededRandom(1));
        var (length, outputs) = (InputLength(summary), OutputLength(summary));
        var (inputs, targets) = (Gaussian(random, setup.Batch * length), Gaussian(random, setup.Batch * outputs));
        var (sample, output) = (inputs[..length], new float[outputs]);
        var (train, say) = (step(net), predict(net));
        return new(setup.Name, summary, setup.Batch, () => train(inputs, targets), () => say(sample, output));
    }

    /// <summary>Uniformly distributed tokens, each with one as its label.</summary>
    /// <param name="setup">Name, batch and threads.</param>
    /// <param name="net">The model.</param>
    /// <param name="step">Makes the trainer's step.</param>
    /// <param name="predict">Makes the predictor's prediction.</param>
    public static Workload Read<TModel>(Setup setup, TModel net, Func<TModel, TokenStep> step, Func<TModel, TokenPrediction> predict)
        where TModel : IModel<TModel>
    {
        var (summary, random) = (TModel.Summary, new SeededRandom(1));
        var (length, vocabulary) = (InputLength(summary), summary.Layers[^1].OutputShape[^1]);
        var (tokens, labels) = (Uniform(random, setup.Batch * length, vocabulary), Uniform(random, setup.Batch * length, vocabulary));
        var (sample, output) = (tokens[..length], new float[length * vocabulary]);
        var (train, say) = (step(net), predict(net));
        return new(setup.Name, summary, setup.Batch, () => train(tokens, labels), () => say(sample, output));
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
