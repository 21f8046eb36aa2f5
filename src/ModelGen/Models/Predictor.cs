using System.ComponentModel;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// Runs a model forward. It reads the parameters of its model, with every change made to them; it has the memory for its
/// own work, so that several predictors of one model may run on several threads.
/// </summary>
public abstract class Predictor : ModelRunner
{
    // The blocks that go through all layers together share what is computed once a run.
    private const int MostBlocks = 8;
    private const long MostBytes = 1 << 20;

    private readonly ProgramRunner _runner;

    /// <summary>A predictor that reads the given parameters.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Predictor(ModelDefinition definition, ParameterSet parameters)
        : base(definition, parameters, Capacity(definition), hasLabels: false)
    {
        var memory = new WorkMemory([definition.Predict], Samples.Capacity, workers: 1, gradientWords: 0);
        _runner = new ProgramRunner(definition.Predict, parameters.Arena, Samples, memory, new Workers(1), multiplyAdds: 0);
    }

    /// <summary>Begins predictions for all samples of the first input.</summary>
    /// <param name="length">The length of the span of the first input.</param>
    /// <exception cref="ArgumentException">The length is not that of whole samples, or zero.</exception>
    /// <exception cref="InvalidOperationException">The predictor is at work on another thread.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Turn BeginPrediction(int length) => BeginSamples(length);

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
