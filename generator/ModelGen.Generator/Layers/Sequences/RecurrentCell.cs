using System;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Layers;

/// <summary>What a recurrent layer writes its cell with: the body of its scan, and its parameters, which stand outside.</summary>
/// <param name="Outer">The graph around the scan.</param>
/// <param name="Body">The body of the scan.</param>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Units">The numbers of the cell.</param>
/// <param name="Parameter">A parameter of this direction.</param>
internal sealed record RecurrentCell(Graph.Graph Outer, Graph.Graph Body, string Layer, int Units, Func<string, Value> Parameter)
{
    /// <summary>W·x of vectors; the weights are a parameter, or rows of one.</summary>
    public Value Product(Value weights, Value x) =>
        Body.Contract(Layer, new ContractGeometry(1, x.Shape[0], weights.Shape[0], []), x, weights);

    /// <summary>Rows of a parameter, <see cref="Units"/> for each gate.</summary>
    public Value Rows(string parameter, int gate, int gates = 1) => Outer.Slice(Layer, Parameter(parameter), 0, gate * Units, gates * Units);

    /// <summary>The part of a value that belongs to a gate.</summary>
    public Value Gate(Value gates, int gate) => Body.Slice(Layer, gates, 0, gate * Units, Units);

    /// <summary>An elementwise expression of vectors.</summary>
    public Value Map(Scalar body, params Value[] inputs) => Body.Map(Layer, body, inputs);
}
