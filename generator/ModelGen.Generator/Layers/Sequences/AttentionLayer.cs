using System.Collections.Generic;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Attention("memory")</c>: a = softmax(score(q, m)), y = tanh(W·[Σ a·m; q]), for a vector or every step of a sequence.</summary>
internal sealed class AttentionLayer(LayerSpec spec) : Layer(spec)
{
    /// <summary>The scores by the numbers of the attribute's enumeration.</summary>
    private enum ScoreKind
    {
        General,
        Dot,
        Additive,
    }

    public override string Stem => "attention";

    public override IReadOnlyList<LabelReference> References => [new("memory", Spec.Find("memory")?.Text ?? "")];

    private ScoreKind Score => (ScoreKind)Spec.Integer("Score");

    public override Inference Infer(TensorType input) => Infer([input, input]);

    public override Inference Infer(IReadOnlyList<TensorType> inputs)
    {
        var (query, memory) = (inputs[0], inputs[1]);
        if (!query.Is(AxisRole.Time, AxisRole.Feature) && !query.Is(AxisRole.Feature))
        {
            return WrongInput("(length, features) or (features)", query);
        }

        if (!memory.Is(AxisRole.Time, AxisRole.Feature))
        {
            return Error(DiagnosticDescriptors.WrongMemory, "memory", memory.ToString(), memory.Roles, "(length, features)");
        }

        if (Score == ScoreKind.Dot && memory.Channels != query.Channels)
        {
            return Error(DiagnosticDescriptors.WrongMemory, "memory", memory.ToString(), memory.Roles, $"as many features as the query has, {Format(query.Channels)}, for a dot product");
        }

        return Spec.Integer("Units") < 0 || Spec.Integer("Units") > Limits.MaxPlaces
            ? OutOfRange("Units", Format(Spec.Integer("Units")), $"0 (as many as the query has) to {Format(Limits.MaxPlaces)}")
            : query.With(query.ChannelAxis, Units(query));
    }

    public override IReadOnlyList<ParameterSpec> Parameters(IReadOnlyList<TensorType> inputs)
    {
        var (query, memory, units) = (inputs[0].Channels, inputs[1].Channels, Units(inputs[0]));
        var output = Weight("output_weight", units, memory + query);
        return Score switch
        {
            ScoreKind.General => [Weight("score_weight", query, memory), output],
            ScoreKind.Additive => [Weight("query_weight", units, query), Weight("memory_weight", units, memory), new("score_weight", new Shape(units), InitialValue.UniformFanIn, units, 1), output],
            _ => [output],
        };
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type) => Lower(lowering, [input, input], [type, type]);

    public override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types)
    {
        var graph = lowering.Graph;
        var memory = inputs[1];
        var query = graph.Reshape(Name, inputs[0], types[0].Rank == 1 ? new Shape(1, types[0].Channels) : inputs[0].Shape);
        var weights = AttentionMath.Softmax(graph, Name, lowering.MaskSteps(Name, LowerScores(lowering, query, memory), types[1], axis: 1, AttentionMath.Hidden));

        // Σ over the memory's steps of the weight times the step: (length, features of the memory).
        var terms = new Shape(query.Shape[0], memory.Shape[0], memory.Shape[1]);
        var context = graph.Reduce(Name, ReduceKind.Sum, graph.Map(
            Name, terms, Scalar.Read(0) * Scalar.Read(1), (weights, terms.With(2, 1)), (memory, terms.With(0, 1))), [1]);
        var output = AttentionMath.Project(graph, Name, graph.Concat(Name, [context, query], 1), lowering.Parameter(this, "output_weight"));
        return graph.Reshape(Name, graph.Map(Name, Scalar.Tanh(Scalar.Read(0)), output), inputs[0].Shape.With(types[0].ChannelAxis, Units(types[0])));
    }

    private int Units(TensorType query) => Spec.Integer("Units") is var units && units > 0 ? units : query.Channels;

    private static ParameterSpec Weight(string name, int rows, int columns) => new(name, new Shape(rows, columns), InitialValue.UniformFanIn, columns, rows);

    /// <summary>How well each step of the query fits each of the memory: (length, steps of the memory).</summary>
    private Value LowerScores(Lowering lowering, Value query, Value memory)
    {
        var graph = lowering.Graph;
        if (Score == ScoreKind.Additive)
        {
            var q = AttentionMath.Project(graph, Name, query, lowering.Parameter(this, "query_weight"));
            var m = AttentionMath.Project(graph, Name, memory, lowering.Parameter(this, "memory_weight"));
            var shape = new Shape(query.Shape[0], memory.Shape[0], q.Shape[1]);
            var hidden = graph.Map(Name, shape, Scalar.Tanh(Scalar.Read(0) + Scalar.Read(1)), (q, shape.With(1, 1)), (m, shape.With(0, 1)));
            return graph.Reduce(Name, ReduceKind.Sum, graph.Map(
                Name, shape, Scalar.Read(0) * Scalar.Read(1), (hidden, shape), (lowering.Parameter(this, "score_weight"), new Shape(1, 1, q.Shape[1]))), [2]);
        }

        var keys = Score == ScoreKind.General ? AttentionMath.Project(graph, Name, memory, lowering.Parameter(this, "score_weight")) : memory;
        var products = new Shape(query.Shape[0], memory.Shape[0], query.Shape[1]);
        return graph.Reduce(Name, ReduceKind.Sum, graph.Map(
            Name, products, Scalar.Read(0) * Scalar.Read(1), (query, products.With(1, 1)), (keys, products.With(0, 1))), [2]);
    }
}
