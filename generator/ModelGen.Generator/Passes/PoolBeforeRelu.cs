using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>
/// Pools first and applies ReLU to what is left, a quarter of the work for a 2×2 pool; the maximum commutes with any
/// function that never decreases. Where the maximum is not positive the gradient is zero on either order.
/// </summary>
/// <remarks>
/// <code>
/// %2 = map(%1) [relu(a)]           %2 = window(%1) [max 2x2]
/// %3 = window(%2) [max 2x2]   →    %3 = map(%2) [relu(a)]
/// </code>
/// </remarks>
internal sealed class PoolBeforeRelu : Pass
{
    public override string Name => nameof(PoolBeforeRelu);

    public override void Run(Graph.Graph graph)
    {
        foreach (var window in graph.Nodes.OfType<Window>().ToList())
        {
            if (window.Kind == WindowKind.Max
                && window.Inputs[0].Producer is Map { Body: Scalar.ApplyNode { Function: Function.Relu, Operand: Scalar.ReadNode } } relu
                && relu.Inputs[0].Shape.Equals(relu.Shape)
                && graph.OnlyReader(relu.Output) is not null)
            {
                var pooled = graph.Window(window.Layer, WindowKind.Max, relu.Inputs[0], window.Axes);
                var activated = graph.Map(relu.Layer, Scalar.Relu(Scalar.Read(0)), pooled);
                graph.ReplaceUses(window.Output, activated);
                graph.Nodes.Remove(window);
                graph.Nodes.Remove(relu);
                graph.Sort();
            }
        }
    }
}
