using System.ComponentModel;
using System.Diagnostics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// Runs a model forward with the parameters of its model. It has the memory for its own work, so that several predictors of
/// one model may run on several threads.
/// </summary>
/// <remarks>
/// A single sample, or a few, run on weights that were packed for them when the predictor was made. They are packed anew at
/// the next prediction after parameters were trained, loaded, copied, or asked for through <see cref="Parameter.Values"/> or
/// <see cref="Parameter.Tensor"/>; call <see cref="Refresh"/> where a span that was asked for earlier is written to later.
/// </remarks>
public abstract class Predictor : ModelRunner
{
    // The blocks that go through all layers together share what is computed once a run.
    private const int MostBlocks = 8;
    private const long MostBytes = 1 << 20;

    // Threads that wait for work fall asleep after a tenth of a millisecond, and take as long to wake up.
    private static readonly long s_soon = Stopwatch.Frequency / 10_000;

    // From here on one sample a lane is faster than one sample after another.
    private const int MostSingles = 5;

    private readonly ProgramRunner _runner;
    private readonly OneSampleProgram? _one;
    private readonly AlignedBuffer _prepared;
    private readonly AlignedBuffer _scratch;
    private readonly SharedPrediction? _shared;
    private int _preparedVersion;
    private StreamState? _state;
    private long _stepEnd;

    /// <summary>A predictor that reads the given parameters.</summary>
    /// <param name="definition">What the generator compiled.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="threads">The most threads that share a prediction, at least one; small networks stay on the caller's. The result is the same for any number.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Predictor(ModelDefinition definition, ParameterSet parameters, int threads = 1)
        : base(definition, parameters, Capacity(definition), hasLabels: false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);

        // More threads than processors would wait for each other in turns.
        var workers = new Workers(Math.Min(threads, Environment.ProcessorCount));
        var memory = new WorkMemory([definition.Predict], Samples.Capacity, workers.Count, gradientWords: 0);
        _runner = new ProgramRunner(definition.Predict, parameters.Arena, Samples, memory, workers, workers.Count > 1 ? new ModelSummary(definition).MultiplyAdds : 0);
        _one = definition.PredictOne;
        _prepared = new AlignedBuffer(_one?.PreparedWords ?? 0);
        _scratch = new AlignedBuffer((long)(_one?.ScratchWords ?? 0) + (_one?.OwnWords ?? 0));
        _shared = workers.Count > 1 && _one is { SharedWords: > 0 } ? new SharedPrediction(_one, _prepared, _scratch, workers) : null;
        Prepare();
    }

    /// <summary>
    /// Packs the parameters again for predictions of single samples. Needed only where parameters were written through a span
    /// that was asked for before the last prediction; all other changes are noticed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The predictor is at work on another thread.</exception>
    public void Refresh()
    {
        using var turn = BeginTurn();
        Prepare();
    }

    /// <summary>What the stream remembers that the next step continues.</summary>
    /// <exception cref="ArgumentException">The state is of another model.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected StreamState CurrentState
    {
        get => _state ??= NewState();
        set
        {
            ArgumentNullException.ThrowIfNull(value, nameof(value));
            value.CheckModel(ModelDefinition, nameof(value));
            _state = value;
        }
    }

    /// <summary>The first word of what the stream remembers.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float StateMemory => ref CurrentState.First;

    /// <summary>A state without a past.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected StreamState NewState() => new(ModelDefinition, _one!);

    /// <summary>Checks the length of what a step takes or gives.</summary>
    /// <param name="name">The name of the argument.</param>
    /// <param name="length">Its length.</param>
    /// <param name="expected">The numbers of one step.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static void CheckStep(string name, int length, int expected)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{name}: {length} numbers; expected {expected}, those of one step.", name);
        }
    }

    /// <summary>Checks token ids before anything is indexed with them.</summary>
    /// <param name="index">The position of the input.</param>
    /// <param name="tokens">Token ids of samples, one after another.</param>
    /// <exception cref="ArgumentException">A token is not in the vocabulary.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckTokens(int index, ReadOnlySpan<int> tokens) => IndexCheck.CheckTokens(tokens, ModelDefinition.Inputs[index]);

    /// <summary>The samples that were begun.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected int SampleCount => Samples.TotalSamples;

    /// <summary>Whether the samples that were begun are so few that one after another is faster.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected bool RunsSingly => Samples.TotalSamples <= MostSingles;

    /// <summary>The first word of what is prepared for single samples.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float Prepared => ref _prepared.First;

    /// <summary>The first word of the memory that single samples are computed in.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float Scratch => ref _scratch.First;

    /// <summary>Whether several threads share the prediction of a single sample.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected bool SharesSingle => _shared is not null;

    /// <summary>Copies an input to where all threads see it.</summary>
    /// <param name="offset">Where it goes, in words.</param>
    /// <param name="values">The first of its numbers.</param>
    /// <param name="count">How many there are.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ShareInput(int offset, ref float values, int count) =>
        MemoryMarshal.CreateReadOnlySpan(ref values, count).CopyTo(_shared!.Values.Span.Slice(offset, count));

    /// <summary>Copies token ids to where all threads see them.</summary>
    /// <param name="offset">Where they go, in words.</param>
    /// <param name="tokens">The first of them.</param>
    /// <param name="count">How many there are.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ShareInput(int offset, ref int tokens, int count) =>
        ShareInput(offset, ref Unsafe.As<int, float>(ref tokens), count);

    /// <summary>Whether several threads share the next step of a stream: where it follows another one so soon that they are still awake.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected bool SharesStep => _shared is not null && Stopwatch.GetTimestamp() - _stepEnd < s_soon;

    /// <summary>Takes the shared step.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void RunSharedStep() => _shared!.RunStep(CurrentState);

    /// <summary>Notes that a step is over which threads could have shared.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void EndStep() => _stepEnd = _shared is null ? 0 : Stopwatch.GetTimestamp();

    /// <summary>Predicts the shared sample.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void RunShared() => _shared!.Run();

    /// <summary>Copies an output from where all threads wrote it.</summary>
    /// <param name="offset">Where it is, in words.</param>
    /// <param name="values">The first number of the target.</param>
    /// <param name="count">How many there are.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ReadShared(int offset, ref float values, int count) =>
        _shared!.Values.Span.Slice(offset, count).CopyTo(MemoryMarshal.CreateSpan(ref values, count));

    /// <summary>Begins the prediction of a single sample whose spans have the right lengths.</summary>
    /// <exception cref="InvalidOperationException">The predictor is at work on another thread.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Turn BeginSingle()
    {
        var turn = BeginTurn();
        if (_preparedVersion != Parameters.ValuesVersion)
        {
            Prepare();
        }

        return turn;
    }

    /// <summary>Begins predictions for all samples of the first input.</summary>
    /// <param name="length">The length of the span of the first input.</param>
    /// <exception cref="ArgumentException">The length is not that of whole samples, or zero.</exception>
    /// <exception cref="InvalidOperationException">The predictor is at work on another thread.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Turn BeginPrediction(int length)
    {
        var turn = BeginSamples(length);
        if (_preparedVersion != Parameters.ValuesVersion && RunsSingly)
        {
            Prepare();
        }

        return turn;
    }

    /// <summary>Computes the outputs of the current samples, once all inputs are bound.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void RunPrediction() => _runner.Run(randomKey: 0);

    /// <summary>Copies the current samples of an output to their place.</summary>
    /// <param name="index">The position of the output.</param>
    /// <param name="values">Where the values of all samples go.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ReadOutput(int index, Span<float> values)
    {
        CheckOutput(index, values);
        Samples.Read(Samples.Outputs, index, values);
    }

    /// <summary>Checks the length of an output before anything is computed.</summary>
    /// <param name="index">The position of the output.</param>
    /// <param name="values">Where the values of all samples are to go.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckOutput(int index, ReadOnlySpan<float> values)
    {
        var output = ModelDefinition.Outputs[index];
        Arguments.CheckLength(values.Length, "numbers", output.Name, output.Shape, Samples.TotalSamples);
    }

    /// <summary>The memory of a tensor of samples, [sample] and then the shape of an output; or of one sample without the first extent.</summary>
    /// <param name="index">The position of the output.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the values do not lie one after another.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Span<float> GetOutput(int index, in TensorSpan<float> tensor)
    {
        var output = ModelDefinition.Outputs[index];
        TensorArguments.Check(tensor, output.Name, output.Shape);
        return MemoryMarshal.CreateSpan(ref tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
    }

    private void Prepare()
    {
        // Read first: a change while this is at work is then noticed at the next prediction.
        _preparedVersion = Parameters.ValuesVersion;
        _one?.Prepare(ref Parameters.Arena.First, ref _prepared.First);
    }

    private static int Capacity(ModelDefinition definition)
    {
        long elements = 0;
        foreach (var input in definition.Inputs)
        {
            elements += Extents.Product(input.Shape);
        }

        foreach (var output in definition.Outputs)
        {
            elements += Extents.Product(output.Shape);
        }

        var blockBytes = ((elements * Lanes.Count) + definition.Predict.Layout.BlockWords) * sizeof(float);
        return Lanes.Count * (int)Math.Clamp(MostBytes / blockBytes, 1, MostBlocks);
    }
}
