using System;
using System.Collections.Generic;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>PositionalEncoding</c>: adds to each step a vector that tells its place, of sines and cosines or learned.</summary>
internal sealed class PositionalEncodingLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "positional_encoding";

    public override bool Streams => true;

    private bool IsLearned => Spec.Truth("Learned", false);

    public override Inference Infer(TensorType input) =>
        input.Is(AxisRole.Time, AxisRole.Feature) ? input : WrongInput("(length, features)", input);

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input) =>
        IsLearned ? [new("weight", input.Shape, InitialValue.Normal, input.Channels, input.Channels)] : [];

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var graph = lowering.Graph;
        var shape = lowering.Mode == Mode.Stream ? new Shape(lowering.Steps, type.Channels) : input.Shape;
        var places = IsLearned ? lowering.Parameter(this, "weight") : LowerWaves(graph, shape);
        return graph.Map(Name, Scalar.Read(0) + Scalar.Read(1), input, lowering.Mode == Mode.Stream ? SelectPlace(lowering, places) : places);
    }

    /// <summary>The row of the table at the place of this step.</summary>
    private Value SelectPlace(Lowering lowering, Value places)
    {
        var isHere = Scalar.Equal(Scalar.Coordinate(0), Scalar.Read(1));
        return lowering.Graph.Reduce(Name, ReduceKind.Sum, lowering.Graph.Map(
            Name, places.Shape, Scalar.Select(isHere, Scalar.Read(0), 0), (places, places.Shape), (lowering.GetStreamPlace().Place, places.Shape.Ones)), [0]);
    }

    /// <summary>sin(t / 10000^(2k / features)) at feature 2k, the cosine at 2k + 1: a table of the model, computed before the first sample.</summary>
    private Value LowerWaves(Graph.Graph graph, Shape shape)
    {
        var pairs = (shape[1] + 1) / 2;
        var (t, k, isCosine) = (Scalar.Coordinate(0), Scalar.Coordinate(1), Scalar.Coordinate(2));
        var angle = t * Scalar.Exp(k * (-2 * Math.Log(10000) / shape[1]));
        var waves = graph.Map(Name, new Shape(shape[0], pairs, 2), Scalar.Sin(angle + (isCosine * (Math.PI / 2))));
        return graph.Slice(Name, graph.Reshape(Name, waves, new Shape(shape[0], 2 * pairs)), 1, 0, shape[1]);
    }
}
