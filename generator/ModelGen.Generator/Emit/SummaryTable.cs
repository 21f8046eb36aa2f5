using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Planning;

namespace ModelGen.Generator.Emit;

/// <summary>Emits the table of layers as the documentation of the model class: what an editor shows on hovering over its name.</summary>
internal static class SummaryTable
{
    public static void Emit(SourceWriter writer, Network network, IReadOnlyList<ModelProgram> programs)
    {
        var parameters = network.Nodes.Sum(node => Count(node));
        writer.Line($"/// <summary>A network of {Literal.Of(network.Nodes.Count)} layers with {Literal.Of(parameters)} parameters.</summary>");
        writer.Line("/// <remarks>");
        writer.Line("/// <list type=\"table\">");
        writer.Line("/// <listheader><term>layer</term><description>result, parameters, multiply-adds, bytes of the result</description></listheader>");
        foreach (var node in network.Nodes)
        {
            var operations = OperationCount.Of(node.Layer.Name, programs);
            var bytes = 4L * node.Type.Shape.Count;
            writer.Line($"/// <item><term>{SurfaceText.Escape(node.Layer.Name)}: {SurfaceText.Escape(node.Layer.Spec.ToString())}</term><description>{SurfaceText.Escape(node.Type.ToString())}, {Literal.Of(Count(node))}, {Literal.Of(operations.Forward)}, {Literal.Of(bytes)}</description></item>");
        }

        writer.Line("/// </list>");
        writer.Line("/// </remarks>");
    }

    /// <summary>The number of trained parameters of a layer.</summary>
    public static long Count(LayerNode node) => node.Parameters.Where(parameter => !parameter.IsStatistic).Sum(parameter => (long)parameter.Shape.Count);
}
