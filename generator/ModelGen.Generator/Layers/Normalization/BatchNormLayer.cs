using System.Collections.Generic;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>BatchNorm</c>: weight·(x − mean)/√(variance + epsilon) + bias for each channel or feature.</summary>
internal sealed class BatchNormLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "batch_norm";

    public override bool Streams => true;

    private float Momentum => Spec.Number("Momentum", 0.1f);

    private float Epsilon => Spec.Number("Epsilon", 1e-5f);

    public override Inference Infer(TensorType input)
    {
        if (input.ChannelAxis < 0)
        {
            return WrongInput("channels or features", input);
        }

        var error = Momentum > 0 && Momentum <= 1 ? null : OutOfRange("Momentum", Format(Momentum), "in (0, 1]");
        return (error ?? RequirePositive("Epsilon", Epsilon)) is { } wrong ? wrong : input;
    }

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input)
    {
        var shape = new Shape(input.Channels);
        return
        [
            new("weight", shape, InitialValue.Ones),
            new("bias", shape, InitialValue.Zeros),
            new("running_mean", shape, InitialValue.Zeros, IsStatistic: true),
            new("running_var", shape, InitialValue.Ones, IsStatistic: true),
        ];
    }

    public override LayerError? Review(Layer previous) => previous is LinearLayer { UseBias: true }
        ? previous.Error(DiagnosticDescriptors.BiasBeforeBatchNorm, null, Name)
        : null;

    public override Value Lower(Lowering lowering, Value input, TensorType type) =>
        lowering.Mode == Mode.Train ? LowerTraining(lowering, input, type) : LowerInference(lowering, input, type);

    private Value LowerTraining(Lowering lowering, Value input, TensorType type)
    {
        var graph = lowering.Graph;
        var (shape, view, channels) = (input.Shape, type.ChannelView, new Shape(type.Channels));
        var places = (double)shape.Count / type.Channels;
        var one = new Shape(1);

        var sum = graph.Reduce(Name, ReduceKind.Sum, input, type.PlaceAxes, overSamples: true);
        var mean = graph.Map(Name, channels, Scalar.Read(0) / (Scalar.Read(1) * places), (sum, channels), (graph.SampleCount, one));

        // In two passes, because the mean of squares less the square of the mean cancels.
        var centered = graph.Map(Name, shape, Scalar.Read(0) - Scalar.Read(1), (input, shape), (mean, view));
        var squares = graph.Map(Name, Scalar.Read(0) * Scalar.Read(0), centered);
        var squareSum = graph.Reduce(Name, ReduceKind.Sum, squares, type.PlaceAxes, overSamples: true);
        var variance = graph.Map(Name, channels, Scalar.Read(0) / (Scalar.Read(1) * places), (squareSum, channels), (graph.SampleCount, one));
        var scale = graph.Map(Name, Scale(Scalar.Read(0), Scalar.Read(1)), lowering.Parameter(this, "weight"), variance);

        // The unbiased variance of a single number is undefined; dividing by one keeps it zero.
        UpdateRunning(lowering, "running_mean", mean);
        UpdateRunning(lowering, "running_var", graph.Map(
            Name, channels, Scalar.Read(0) / Scalar.Max((Scalar.Read(1) * places) - 1, 1), (squareSum, channels), (graph.SampleCount, one)));
        return graph.Map(
            Name,
            shape,
            (Scalar.Read(0) * Scalar.Read(1)) + Scalar.Read(2),
            (centered, shape),
            (scale, view),
            (lowering.Parameter(this, "bias"), view));
    }

    private Value LowerInference(Lowering lowering, Value input, TensorType type)
    {
        // Per channel first, so that each element costs one multiply-add.
        var graph = lowering.Graph;
        var scale = graph.Map(Name, Scale(Scalar.Read(0), Scalar.Read(1)), lowering.Parameter(this, "weight"), lowering.Parameter(this, "running_var"));
        var shift = graph.Map(
            Name, Scalar.Read(0) - (Scalar.Read(1) * Scalar.Read(2)), lowering.Parameter(this, "bias"), lowering.Parameter(this, "running_mean"), scale);
        return graph.Map(
            Name,
            input.Shape,
            (Scalar.Read(0) * Scalar.Read(1)) + Scalar.Read(2),
            (input, input.Shape),
            (scale, type.ChannelView),
            (shift, type.ChannelView));
    }

    private Scalar Scale(Scalar weight, Scalar variance) => weight / Scalar.Sqrt(variance + Epsilon);

    private void UpdateRunning(Lowering lowering, string name, Value batch) => lowering.UpdateStatistic(
        this,
        name,
        lowering.Graph.Map(Name, (Scalar.Read(0) * (1 - (double)Momentum)) + (Scalar.Read(1) * Momentum), lowering.Parameter(this, name), batch));
}
