using System;
using System.Collections.Generic;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>MultiHeadAttention(heads)</c>: softmax(Q·Kᵀ/√d)·V in each head's part of the features, and a product of all.</summary>
internal sealed class MultiHeadAttentionLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "multi_head_attention";

    public override IReadOnlyList<LabelReference> References => Memory is { } label ? [new("Memory", label)] : [];

    /// <summary>A step of a stream attends to as many steps before it as a whole sequence has.</summary>
    public override bool Streams => IsCausal && Memory is null;

    private int Heads => Spec.Integer("heads");

    private bool IsCausal => Spec.Truth("Causal", false);

    private string? Memory => Spec.Find("Memory")?.Text;

    public override Inference Infer(TensorType input) => Infer([input]);

    public override Inference Infer(IReadOnlyList<TensorType> inputs)
    {
        var input = inputs[0];
        if (RequireCount("heads", Heads) is { } error)
        {
            return error;
        }

        if (!input.Is(AxisRole.Time, AxisRole.Feature))
        {
            return WrongInput("(length, features)", input);
        }

        if (input.Channels % Heads != 0)
        {
            return OutOfRange("heads", Format(Heads), $"a divisor of the {Format(input.Channels)} features");
        }

        if (inputs.Count > 1 && IsCausal)
        {
            return OutOfRange("Causal", "true", "false with a Memory, whose steps are not those of the input");
        }

        return inputs.Count > 1 && !(inputs[1].Is(AxisRole.Time, AxisRole.Feature) && inputs[1].Channels == input.Channels)
            ? Error(DiagnosticDescriptors.WrongMemory, "Memory", inputs[1].ToString(), inputs[1].Roles, $"(length, {Format(input.Channels)})")
            : input.With(1, input.Channels);
    }

    public override IReadOnlyList<ParameterSpec> Parameters(TensorType input)
    {
        var features = input.Channels;
        return
        [
            new("in_proj_weight", new Shape(3 * features, features), InitialValue.XavierUniform, features, 3 * features),
            new("in_proj_bias", new Shape(3 * features), InitialValue.Zeros),
            new("out_proj.weight", new Shape(features, features), InitialValue.UniformFanIn, features, features),
            new("out_proj.bias", new Shape(features), InitialValue.Zeros),
        ];
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type) => Lower(lowering, [input], [type]);

    public override Value Lower(Lowering lowering, IReadOnlyList<Value> inputs, IReadOnlyList<TensorType> types)
    {
        if (lowering.Mode == Mode.Stream)
        {
            return LowerStep(lowering, inputs[0], types[0].Channels);
        }

        var graph = lowering.Graph;
        var features = types[0].Channels;
        var source = inputs[inputs.Count - 1];
        var (queries, keys, values) = (Project(inputs[0], 0), Project(source, 1), Project(source, 2));
        var (length, steps, size) = (inputs[0].Shape[0], source.Shape[0], features / Heads);

        // Axes of the products: step, step of the memory, head, feature of the head; views split the features into heads.
        var products = new Shape(length, steps, Heads, size);
        var query = products.With(1, 1);
        var memory = products.With(0, 1);
        var sums = graph.Reduce(Name, ReduceKind.Sum, graph.Map(
            Name, products, Scalar.Read(0) * Scalar.Read(1), (queries, query), (keys, memory)), [3]);
        var scaled = Scalar.Read(0) * (1 / Math.Sqrt(size));
        var scores = graph.Map(Name, sums.Shape, IsCausal ? Scalar.Select(Scalar.GreaterOrEqual(Scalar.Coordinate(0), Scalar.Coordinate(1)), scaled, AttentionMath.Hidden) : scaled, (sums, sums.Shape));
        var weights = AttentionMath.Softmax(graph, Name, lowering.MaskSteps(Name, scores, types[types.Count - 1], axis: 1, AttentionMath.Hidden));
        var heads = graph.Reduce(Name, ReduceKind.Sum, graph.Map(
            Name, products, Scalar.Read(0) * Scalar.Read(1), (weights, products.With(3, 1)), (values, memory)), [1]);
        var joined = graph.Reshape(Name, heads, new Shape(length, features));
        return AddBias(AttentionMath.Project(graph, Name, joined, lowering.Parameter(this, "out_proj.weight")), lowering.Parameter(this, "out_proj.bias"));

        Value Project(Value x, int part) => AddBias(
            AttentionMath.Project(graph, Name, x, graph.Slice(Name, lowering.Parameter(this, "in_proj_weight"), 0, part * features, features)),
            graph.Slice(Name, lowering.Parameter(this, "in_proj_bias"), 0, part * features, features));

        Value AddBias(Value x, Value bias) => graph.Map(Name, x.Shape, Scalar.Read(0) + Scalar.Read(1), (x, x.Shape), (bias, new Shape(1, features)));
    }

    /// <summary>One step of a stream: its key and value take the place of the oldest, and its query meets all that are there.</summary>
    private Value LowerStep(Lowering lowering, Value input, int features)
    {
        var graph = lowering.Graph;
        var (steps, size) = (lowering.Steps, features / Heads);
        var (place, count) = lowering.GetStreamPlace();
        var all = Project(input, "in_proj_weight", "in_proj_bias", 3 * features);
        var (query, keys, values) = (graph.Slice(Name, all, 0, 0, features), Remember("keys", 1), Remember("values", 2));

        // Axes of the products: step, head, feature of the head.
        var products = new Shape(steps, Heads, size);
        var sums = graph.Reduce(Name, ReduceKind.Sum, graph.Map(
            Name, products, Scalar.Read(0) * Scalar.Read(1), (query, products.With(0, 1)), (keys, products)), [2]);
        var isReached = Scalar.Greater(Scalar.Read(1), Scalar.Coordinate(0));
        var scores = graph.Map(
            Name, sums.Shape, Scalar.Select(isReached, Scalar.Read(0) * (1 / Math.Sqrt(size)), AttentionMath.Hidden), (sums, sums.Shape), (count, sums.Shape.Ones));
        var weights = AttentionMath.Softmax(graph, Name, scores, axis: 0);
        var heads = graph.Reduce(Name, ReduceKind.Sum, graph.Map(
            Name, products, Scalar.Read(0) * Scalar.Read(1), (weights, products.With(2, 1)), (values, products)), [0]);
        return Project(graph.Reshape(Name, heads, new Shape(features)), "out_proj.weight", "out_proj.bias", features);

        Value Project(Value x, string weight, string bias, int rows) => graph.Map(
            Name, Scalar.Read(0) + Scalar.Read(1), graph.Contract(Name, new ContractGeometry(1, features, rows, []), x, lowering.Parameter(this, weight)), lowering.Parameter(this, bias));

        Value Remember(string name, int part)
        {
            var shape = new Shape(steps, features);
            var before = lowering.GetState($"{Name}.{name}", shape)!;
            var isHere = Scalar.Equal(Scalar.Coordinate(0), Scalar.Read(2));
            var after = graph.Map(
                Name,
                shape,
                Scalar.Select(isHere, Scalar.Read(0), Scalar.Read(1)),
                (graph.Slice(Name, all, 0, part * features, features), new Shape(1, features)),
                (before, shape),
                (place, shape.Ones));
            lowering.SetState(before, after);
            return after;
        }
    }
}
