using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Layers;

namespace ModelGen.Generator.Planning;

/// <summary>A parameter or statistic and its first word in the arena.</summary>
internal sealed record PlacedParameter(LayerNode Layer, ParameterSpec Spec, int Offset)
{
    public string Name => Layer.Layer.Name + "." + Spec.Name;
}

/// <summary>The parameter arena of a network: trained parameters in declaration order, then statistics, each on a cache line of its own.</summary>
internal sealed class ParameterLayout
{
    private const int Alignment = 16;

    public ParameterLayout(Network network)
    {
        var all = network.Nodes.SelectMany(node => node.Parameters.Select(spec => (node, spec))).ToList();
        Parameters = Place(all.Where(item => !item.spec.IsStatistic));
        TrainedWords = Words;
        Statistics = Place(all.Where(item => item.spec.IsStatistic));
    }

    public IReadOnlyList<PlacedParameter> Parameters { get; }

    public IReadOnlyList<PlacedParameter> Statistics { get; }

    /// <summary>The words of the trained parameters.</summary>
    public int TrainedWords { get; }

    /// <summary>The words of the whole arena.</summary>
    public int Words { get; private set; }

    private List<PlacedParameter> Place(IEnumerable<(LayerNode Node, ParameterSpec Spec)> items)
    {
        var placed = new List<PlacedParameter>();
        foreach (var (node, spec) in items)
        {
            placed.Add(new PlacedParameter(node, spec, Words));
            Words += (spec.Shape.Count + Alignment - 1) / Alignment * Alignment;
        }

        return placed;
    }
}
