using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Passes;

/// <summary>Writes a network in primitives for one mode: what each layer says of itself, and the mean of each loss.</summary>
internal static class Lower
{
    public static Graph.Graph Run(Network network, Mode mode)
    {
        var graph = new Graph.Graph();
        var arguments = network.Arguments;
        var lowering = new Lowering(graph, mode, arguments.Count, network.Outputs.Count) { MeasuresGradients = network.MeasuresGradients && mode == Mode.Train, Steps = mode == Mode.Stream ? Streaming.Of(network)!.Steps : 0 };
        AddParameters(network, graph, lowering);

        var values = new Dictionary<LayerNode, Value>();
        foreach (var (argument, index) in arguments.Select((argument, index) => (argument, index)).Where(item => mode != Mode.Stream || !item.argument.IsLengths))
        {
            var source = graph.AddSource(argument.Name, mode == Mode.Stream ? Type(argument.Node.Type).Shape : argument.Shape, Scope.Sample, argument.IsInt ? Element.Int : Element.Float, Source.Input, index);
            if (argument.IsLengths)
            {
                lowering.DeclareLengths(argument.Node.Layer.Name, source);
            }
            else
            {
                values[argument.Node] = source;
            }
        }

        foreach (var node in network.Nodes.Where(node => node.Layer is not LossLayer))
        {
            values[node] = node.Layer is InputLayer
                ? node.Layer.Lower(lowering, values[node], Type(node.Type))
                : node.Layer.Lower(lowering, [.. node.Inputs.Select(input => values[input])], [.. node.InputTypes.Select(Type)]);
        }

        if (mode is Mode.Train or Mode.Evaluate)
        {
            foreach (var (node, index) in network.Losses.Select((node, index) => (node, index)))
            {
                AddLoss(graph, lowering, node, index, values[node.Input!]);
            }
        }

        if (mode != Mode.Train)
        {
            foreach (var (output, index) in network.Outputs.Select((output, index) => (output, index)))
            {
                var value = values[output.Node];
                graph.AddResult(ResultKind.Prediction, index, output.Loss is { } loss ? loss.Layer.Lower(lowering, value, Type(loss.InputType)) : value);
            }
        }

        return graph;

        // A stream sees one step at a time, of which there are as many as there are.
        TensorType Type(TensorType type) => mode == Mode.Stream ? type.Step : type;
    }

    private static void AddParameters(Network network, Graph.Graph graph, Lowering lowering)
    {
        var (parameters, statistics) = (0, 0);
        foreach (var node in network.Nodes)
        {
            foreach (var spec in node.Parameters)
            {
                var name = node.Layer.Name + "." + spec.Name;
                lowering.Declare(name, spec.IsStatistic
                    ? graph.AddSource(name, spec.Shape, Scope.Model, Element.Float, Source.Statistic, statistics++)
                    : graph.AddSource(name, spec.Shape, Scope.Model, Element.Float, Source.Parameter, parameters++));
            }
        }
    }

    /// <summary>The mean of a loss: the samples' sums, summed over the step, times weight / number of labels that count.</summary>
    private static void AddLoss(Graph.Graph graph, Lowering lowering, LayerNode node, int index, Value input)
    {
        var layer = (LossLayer)node.Layer;
        var element = layer.LabelsAreInts ? Element.Int : Element.Float;
        var labels = graph.AddSource(layer.Name + ".labels", layer.LabelShape(node.InputType), Scope.Sample, element, Source.Label, index);
        var scale = graph.AddSource(layer.Name + ".scale", Shape.Scalar, Scope.Model, Element.Float, Source.LossScale, index);
        var perSample = layer.LowerLoss(lowering, input, node.InputType, labels);
        var sum = graph.Reduce(layer.Name, ReduceKind.Sum, perSample, [], overSamples: true);
        graph.AddResult(ResultKind.Loss, index, graph.Map(layer.Name, Scalar.Read(0) * Scalar.Read(1), sum, scale));
    }
}
