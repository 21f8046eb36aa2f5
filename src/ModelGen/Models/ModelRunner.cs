using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// What trainers and predictors share: samples come in through spans and are worked on in blocks of 16. One thread at a
/// time may use one.
/// </summary>
public abstract class ModelRunner
{
    private int _isBusy;

    private protected ModelRunner(ModelDefinition definition, ParameterSet parameters, int capacity, bool hasLabels)
    {
        ModelDefinition = definition;
        Parameters = parameters;
        Samples = new SampleBatch(definition, capacity, hasLabels);
    }

    /// <summary>The parameters of the model.</summary>
    public ParameterSet Parameters { get; }

    private protected ModelDefinition ModelDefinition { get; }

    private protected SampleBatch Samples { get; }

    /// <summary>Takes the next of the samples into work; false when there are no more.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected bool NextChunk() => Samples.MoveNext();

    /// <summary>Copies the current samples of an input of numbers.</summary>
    /// <param name="index">The position of the input.</param>
    /// <param name="values">The values of all samples.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void BindInput(int index, ReadOnlySpan<float> values)
    {
        CheckInput(index, values);
        Samples.Fill(Samples.Inputs, index, values);
    }

    /// <summary>Checks the length of an input.</summary>
    /// <param name="index">The position of the input.</param>
    /// <param name="values">The values of all samples.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckInput(int index, ReadOnlySpan<float> values)
    {
        var input = ModelDefinition.Inputs[index];
        Arguments.CheckLength(values.Length, Arguments.Unit(input), input.Name, input.Shape, Samples.TotalSamples);
    }

    /// <summary>Checks the length of an input of token ids.</summary>
    /// <param name="index">The position of the input.</param>
    /// <param name="tokens">The token ids of all samples.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckInput(int index, ReadOnlySpan<int> tokens) => CheckInput(index, MemoryMarshal.Cast<int, float>(tokens));

    /// <summary>Copies and checks the current samples of an input of token ids, or their lengths, which come first.</summary>
    /// <param name="index">The position of the input.</param>
    /// <param name="values">The token ids or lengths of all samples.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples, or a token is not in the vocabulary, or a length not one of the input's.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void BindInput(int index, ReadOnlySpan<int> values)
    {
        BindInput(index, MemoryMarshal.Cast<int, float>(values));
        CheckInts(index, rows: default);
    }

    /// <summary>Checks the token ids or lengths that were copied, before anything is indexed with them.</summary>
    /// <param name="index">The position of the input.</param>
    /// <param name="rows">The rows of a data set the samples come from; empty when they stand in the caller's order.</param>
    private protected void CheckInts(int index, ReadOnlySpan<int> rows)
    {
        var input = ModelDefinition.Inputs[index];
        if (input.LengthsOf >= 0)
        {
            IndexCheck.CheckLengths(Samples, index, input, ModelDefinition.Inputs[input.LengthsOf], rows);
            return;
        }

        Samples.ClearInputPadding(index);
        IndexCheck.CheckTokens(Samples, index, input, rows);
    }

    /// <summary>The values of a tensor of samples, [sample] and then the shape of an input; or of one sample without the first extent.</summary>
    /// <param name="index">The position of the input.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="ArgumentException">The shape is another one, or the values do not lie one after another.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ReadOnlySpan<float> GetInput(int index, in ReadOnlyTensorSpan<float> tensor)
    {
        var input = ModelDefinition.Inputs[index];
        TensorArguments.Check(tensor, input.Name, input.Shape);
        return MemoryMarshal.CreateReadOnlySpan(in tensor.GetPinnableReference(), checked((int)tensor.FlattenedLength));
    }

    /// <summary>Begins a turn over all samples of the first input; no other thread may begin one before it ends.</summary>
    /// <param name="length">The length of the span of the first input.</param>
    private protected Turn BeginSamples(int length) => BeginTurn(Arguments.CountSamples(length, ModelDefinition.Inputs[0]));

    /// <summary>Begins a turn over a number of samples; no other thread may begin one before it ends.</summary>
    private protected Turn BeginTurn(int samples)
    {
        var turn = BeginTurn();
        Samples.Begin(samples);
        return turn;
    }

    /// <summary>Begins a turn that needs no buffers of samples; no other thread may begin one before it ends.</summary>
    private protected Turn BeginTurn()
    {
        if (Interlocked.CompareExchange(ref _isBusy, 1, 0) != 0)
        {
            ThrowBusy();
        }

        return new Turn(this);
    }

    [DoesNotReturn]
    private void ThrowBusy() => throw new InvalidOperationException(
        $"This {(this is Trainer ? "trainer" : "predictor")} of {ModelDefinition.Name} is at work on another thread; one belongs to one thread at a time. Make one for each thread.");

    /// <summary>The time in which one thread uses a trainer or predictor; ends when disposed.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected readonly ref struct Turn
    {
        private readonly ModelRunner _runner;

        internal Turn(ModelRunner runner) => _runner = runner;

        /// <summary>Lets other threads begin.</summary>
        public void Dispose() => Volatile.Write(ref _runner._isBusy, 0);
    }
}
