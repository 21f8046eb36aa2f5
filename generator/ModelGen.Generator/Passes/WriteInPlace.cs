using System;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Lets what is concatenated be written straight into its part of the whole, so that no pass over memory copies it. What has
/// no memory of its own to move (an input, a view, a value that is part of another concatenation) is copied by a map, which
/// joins the region that makes it.
/// </summary>
/// <remarks>
/// <code>
/// %2 = map(%1) [tanh(a)]               %2 = map(%1) [tanh(a)], written at 0 of %3
/// %3 = concat(%2, %0) [along axis0] →  %4 = map(%0) [a], written behind it
///                                      %3 = concat(%2, %4) [along axis0], which does nothing
/// </code>
/// </remarks>
/// <param name="serves">Whether the parts of a concatenation lie so that kernels can write them where they belong.</param>
/// <param name="isInOrder">Whether the elements of a value lie as its shape says, though it may be a view of another shape.</param>
internal sealed class WriteInPlace(Func<Concat, bool> serves, Func<Value, bool> isInOrder) : Pass
{
    /// <summary>For samples in the lanes: any parts that lie one after another.</summary>
    public WriteInPlace()
        : this(concat => concat.Output is { Scope: Scope.Sample, Element: Element.Float } && Storage.IsOutermost(concat.Output.Shape, concat.Axis), _ => true)
    {
    }

    public override string Name => nameof(WriteInPlace);

    public override void Run(Graph.Graph graph)
    {
        foreach (var concat in graph.Nodes.OfType<Concat>().Where(serves).ToList())
        {
            var step = concat.Output.Shape.Strides()[concat.Axis];
            for (var i = 0; i < concat.Inputs.Count; i++)
            {
                var input = concat.Inputs[i];
                if (!CanMove(input) || !isInOrder(input) || concat.Inputs.Take(i).Contains(input))
                {
                    var copy = graph.Map(concat.Layer, Scalar.Read(0), input);
                    copy.Producer!.IsGradient = concat.IsGradient;
                    graph.Nodes.Remove(copy.Producer);
                    graph.Nodes.Insert(graph.Nodes.IndexOf(concat), copy.Producer);
                    concat.Replace(i, copy);
                    input = copy;
                }

                Storage.Elements(input).Part = (concat.Output, concat.Start(i) * step);
            }
        }
    }

    private static bool CanMove(Value value)
    {
        var elements = Storage.Elements(value);
        return elements is { Source: Source.Node, Scope: Scope.Sample, Part: null }
            && (elements.Producer is Concat ? Storage.IsView(elements.Producer) : !Storage.IsView(elements.Producer!));
    }
}
