using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>Nodes that run in one loop: an anchor that decides the loop's shape, and maps evaluated at each of its places.</summary>
internal sealed class Region(Node anchor, Shape iteration, int phase)
{
    /// <summary>The nodes in order; the first decides how the region is emitted.</summary>
    public List<Node> Nodes { get; } = [anchor];

    public Node Anchor => Nodes[0];

    /// <summary>The places the region's maps are evaluated at.</summary>
    public Shape Iteration { get; } = iteration;

    /// <summary>The pass over the batch in which it runs.</summary>
    public int Phase { get; } = phase;

    /// <summary>Whether it runs once per model rather than for every block of samples.</summary>
    public bool IsPerModel => Nodes.All(node => node.Inputs.All(input => input.Scope == Scope.Model) && node.Output.Scope == Scope.Model);

    public IEnumerable<Map> Maps => Nodes.OfType<Map>();

    /// <summary>What it reads and does not make itself, each once, in order of use.</summary>
    public IEnumerable<Value> Inputs => Nodes.SelectMany(node => node.Inputs).Where(input => !Makes(input)).Distinct();

    /// <summary>Whether one of its nodes makes the value.</summary>
    public bool Makes(Value value) => value.Producer is { } producer && Nodes.Contains(producer);
}
