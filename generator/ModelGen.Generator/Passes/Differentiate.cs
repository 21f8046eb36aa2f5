using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Appends the backward pass: reverse-mode differentiation of the sum of all losses with respect to every parameter, written
/// in the same primitives, so that it is fused, scheduled and planned like the forward pass. Only what lies between a
/// parameter and a loss gets a gradient: the first layer's input does not.
/// </summary>
/// <remarks>
/// <code>
/// %3 = contract(%0, %1) [output 2->1]            …
/// %5 = reduce(%4) [sum over samples]        →    %8 = contract(%0, %7) [weight 2->1]
/// loss 0 = %5                                    gradient 0 = %8
/// </code>
/// </remarks>
internal sealed class Differentiate : Pass
{
    public override string Name => nameof(Differentiate);

    public override void Run(Graph.Graph graph)
    {
        var losses = graph.Results.Where(result => result.Kind == ResultKind.Loss).Select(result => result.Value).ToList();
        var forward = graph.Nodes.ToList();
        var gradients = new GradientBuilder(graph, GradientBuilder.Dependent(graph, graph.Sources.Where(source => source.Source == Source.Parameter)));
        foreach (var loss in losses.Where(gradients.Wants))
        {
            gradients.Add(loss, graph.MapOfUsed(loss.Name, Shape.Scalar, 1, [], []), loss.Name);
        }

        for (var i = forward.Count - 1; i >= 0; i--)
        {
            forward[i].Differentiate(gradients);
        }

        foreach (var node in graph.Nodes.Skip(forward.Count))
        {
            node.IsGradient = true;
        }

        foreach (var parameter in graph.Sources.Where(source => source.Source == Source.Parameter).ToList())
        {
            if (gradients.Of(parameter) is { } gradient)
            {
                graph.AddResult(ResultKind.Gradient, parameter.Index, gradient);
            }
        }
    }

    /// <summary>A scan differentiates its body itself.</summary>
    public override void RunDeep(Graph.Graph graph) => Run(graph);
}
