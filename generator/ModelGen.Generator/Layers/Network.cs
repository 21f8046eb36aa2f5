using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Layers;

/// <summary>A layer in its network: where its input comes from and what it makes.</summary>
internal sealed class LayerNode(Layer layer, int position, LayerNode? input)
{
    public Layer Layer { get; } = layer;

    /// <summary>The position of its attribute in the list, for diagnostics.</summary>
    public int Position { get; } = position;

    /// <summary>The layer whose result it takes; null for an input.</summary>
    public LayerNode? Input { get; } = input;

    /// <summary>The type of the result; set by shape inference.</summary>
    public TensorType Type { get; set; } = null!;

    /// <summary>The type of what it takes; for an input, of what it gives.</summary>
    public TensorType InputType => (Input ?? this).Type;

    public IReadOnlyList<ParameterSpec> Parameters => Layer is InputLayer ? [] : Layer.Parameters(InputType);
}

/// <summary>An output of the network: its name, the layer whose result it is, and the loss that shapes its prediction, if any.</summary>
internal sealed record NetworkOutput(string Name, LayerNode Node, LayerNode? Loss)
{
    /// <summary>The type of what a prediction shows.</summary>
    public TensorType Type => (Loss ?? Node).Type;
}

/// <summary>The network of a model: layers in declaration order, each knowing its input; a graph, of which a chain is one.</summary>
internal sealed class Network
{
    public List<LayerNode> Nodes { get; } = [];

    public List<NetworkOutput> Outputs { get; } = [];

    public IEnumerable<LayerNode> Inputs => Nodes.Where(node => node.Layer is InputLayer);

    public IEnumerable<LayerNode> Losses => Nodes.Where(node => node.Layer is LossLayer);
}
