using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Layers;

/// <summary>A layer in its network: where its inputs come from and what it makes.</summary>
internal sealed class LayerNode(Layer layer, Site site, IReadOnlyList<LayerNode> inputs)
{
    public Layer Layer { get; } = layer;

    /// <summary>Where it is declared, for diagnostics.</summary>
    public Site Site { get; } = site;

    /// <summary>The layers whose results it takes, that of the chain first; none for an input.</summary>
    public IReadOnlyList<LayerNode> Inputs { get; } = inputs;

    /// <summary>The layer before it in the chain; null for an input.</summary>
    public LayerNode? Input => Inputs.Count > 0 ? Inputs[0] : null;

    /// <summary>The type of the result; set by shape inference.</summary>
    public TensorType Type { get; set; } = null!;

    /// <summary>The type of what it takes; for an input, of what it gives.</summary>
    public TensorType InputType => (Input ?? this).Type;

    /// <summary>The types of all it takes.</summary>
    public IReadOnlyList<TensorType> InputTypes => [.. Inputs.Select(input => input.Type)];

    public IReadOnlyList<ParameterSpec> Parameters => Layer is InputLayer ? [] : Layer.Parameters(InputTypes);
}

/// <summary>An output of the network: its name, the layer whose result it is, and the loss that shapes its prediction, if any.</summary>
internal sealed record NetworkOutput(string Name, LayerNode Node, LayerNode? Loss)
{
    /// <summary>The type of what a prediction shows.</summary>
    public TensorType Type => (Loss ?? Node).Type;
}

/// <summary>What a program is given for an input: its samples, or the lengths of its samples.</summary>
/// <param name="Name">The name of the argument.</param>
/// <param name="Node">The input.</param>
/// <param name="IsLengths">Whether it is the lengths, one <c>int</c> for each sample.</param>
internal sealed record NetworkArgument(string Name, LayerNode Node, bool IsLengths)
{
    /// <summary>The extents of one sample.</summary>
    public Shape Shape => IsLengths ? Shape.Scalar : Node.Type.Shape;

    /// <summary>Whether its elements are <c>int</c>.</summary>
    public bool IsInt => IsLengths || Node.Type.Vocabulary > 0;
}

/// <summary>The network of a model: layers in declaration order, each knowing its input; a graph, of which a chain is one.</summary>
internal sealed class Network
{
    public List<LayerNode> Nodes { get; } = [];

    /// <summary>Whether training measures the gradients that flow into the states of recurrent layers at each step.</summary>
    public bool MeasuresGradients { get; init; }

    public List<NetworkOutput> Outputs { get; } = [];

    /// <summary>Whether a layer takes the result of another, at once or through others.</summary>
    public static bool Leads(LayerNode from, LayerNode to) => Before(to).Contains(from);

    /// <summary>A layer and all whose results it depends on, the nearest first.</summary>
    public static IReadOnlyList<LayerNode> Before(LayerNode node)
    {
        var found = new List<LayerNode> { node };
        var known = new HashSet<LayerNode>(found);
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(found[i].Inputs.Where(known.Add));
        }

        return found;
    }

    public IEnumerable<LayerNode> Inputs => Nodes.Where(node => node.Layer is InputLayer);

    /// <summary>What is given for the inputs, in the order of the arguments: the lengths of an input follow it.</summary>
    public IReadOnlyList<NetworkArgument> Arguments =>
    [
        .. Inputs.SelectMany(node => ((InputLayer)node.Layer).HasLengths
            ? new[] { new NetworkArgument(node.Layer.Name, node, false), new NetworkArgument(((InputLayer)node.Layer).LengthsName, node, true) }
            : [new NetworkArgument(node.Layer.Name, node, false)]),
    ];

    /// <summary>Whether a sample of some input has a length of its own.</summary>
    public bool HasLengths => Inputs.Any(node => ((InputLayer)node.Layer).HasLengths);

    /// <summary>The position among the arguments of the lengths that the steps of a value have, or −1.</summary>
    public int LengthsArgument(TensorType type) =>
        type.LengthsOf is null ? -1 : Arguments.ToList().FindIndex(argument => argument.IsLengths && argument.Node.Layer.Name == type.LengthsOf);

    public IEnumerable<LayerNode> Losses => Nodes.Where(node => node.Layer is LossLayer);
}
