using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>
/// Makes the network of a spec: creates the layers, names them and ties each to the value it takes. Goes on after an error,
/// so that the signature of a wrong model is as complete as it can be.
/// </summary>
internal sealed class NetworkBuilder
{
    private readonly ModelSpec _spec;
    private readonly LayerNames _names = new();
    private LayerNode? _current;
    private LayerNode? _lastLoss;

    private NetworkBuilder(ModelSpec spec) => _spec = spec;

    public Network Network { get; } = new();

    /// <summary>The first thing that is wrong, or null.</summary>
    public Finding? Error { get; private set; }

    public ModelSignature Signature { get; private set; } = null!;

    public static NetworkBuilder Build(ModelSpec spec)
    {
        var builder = new NetworkBuilder(spec);
        builder.Build();
        return builder;
    }

    private void Build()
    {
        var layers = _spec.Layers.Select(LayerCatalog.Create).ToArray();
        for (var position = 0; position < layers.Length; position++)
        {
            if (layers[position] is { } layer)
            {
                Report(position, _names.Name(layer));
            }
            else
            {
                Report(position, new LayerError(
                    DiagnosticDescriptors.UnknownLayer, null, new EquatableArray<string>([_spec.Layers[position].Attribute])));
            }
        }

        // Labels share an argument list with the inputs, so they are named when all of those are.
        foreach (var loss in layers.OfType<LossLayer>())
        {
            loss.LabelName = _names.NextLabel(loss.Labels == LabelKind.Classes ? "labels" : "targets");
        }

        if (!layers.Any(layer => layer is InputLayer))
        {
            Report(-1, new LayerError(DiagnosticDescriptors.NoInput, null, new EquatableArray<string>([_spec.Name])));
        }

        for (var position = 0; position < layers.Length; position++)
        {
            if (layers[position] is { } layer)
            {
                Connect(layer, position);
            }
        }

        EndChain();
        Signature = new(
            layers.OfType<InputLayer>().Select(input => new InputArgument(input.Name, input.IsTokens)).ToEquatableArray(),
            layers.OfType<LossLayer>().Select(loss => new LabelArgument(loss.LabelName, loss.Labels)).ToEquatableArray(),
            (Network.Outputs.Count == 0 ? ["output"] : Network.Outputs.Select(output => output.Name)).ToEquatableArray());
    }

    private void Connect(Layer layer, int position)
    {
        switch (layer)
        {
            case InputLayer:
                EndChain();
                _lastLoss = null;
                _current = Add(layer, position, null);
                break;
            case LossLayer loss:
                Attach(loss, position);
                break;
            case var _ when _current is null:
                Report(position, layer.Error(DiagnosticDescriptors.InputNotFirst, null));
                break;
            case var _ when _lastLoss is not null:
                Report(position, layer.Error(DiagnosticDescriptors.LayerAfterLoss, null, _lastLoss.Layer.Name));
                break;
            default:
                _current = Add(layer, position, _current);
                break;
        }
    }

    private void Attach(LossLayer loss, int position)
    {
        var output = loss.On is null ? OutputOfCurrent() : Network.Outputs.FirstOrDefault(output => output.Name == loss.On);
        var isOutputAlready = Network.Outputs.Any(known => ReferenceEquals(known.Node, _current));
        if (output is null && loss.On is not null && !isOutputAlready && loss.On == _names.PeekOutput(Network.Outputs.Count))
        {
            output = OutputOfCurrent();
        }

        if (output is null)
        {
            Report(position, loss.On is null
                ? loss.Error(DiagnosticDescriptors.InputNotFirst, null)
                : loss.Error(DiagnosticDescriptors.UnknownOutput, "On", loss.On, Known()));
            return;
        }

        var node = Add(loss, position, output.Node);
        if (output.Loss is null)
        {
            Network.Outputs[Network.Outputs.IndexOf(output)] = output with { Loss = node };
        }

        _lastLoss = node;
    }

    /// <summary>The output that the current value is, made one if it is none yet; null without a value.</summary>
    private NetworkOutput? OutputOfCurrent()
    {
        if (_current is null)
        {
            return null;
        }

        var output = Network.Outputs.FirstOrDefault(output => ReferenceEquals(output.Node, _current));
        if (output is null)
        {
            RequireLayer();
            output = new NetworkOutput(_names.PeekOutput(Network.Outputs.Count), _current, null);
            Network.Outputs.Add(output);
        }

        return output;
    }

    private void EndChain()
    {
        OutputOfCurrent();
        _current = null;
    }

    private void RequireLayer()
    {
        if (_current!.Layer is InputLayer input)
        {
            Report(_current.Position, input.Error(DiagnosticDescriptors.NoLayers, null));
        }
    }

    private string Known()
    {
        var names = Network.Outputs.Select(output => $"'{output.Name}'").ToList();
        if (_current is not null && !Network.Outputs.Any(output => ReferenceEquals(output.Node, _current)))
        {
            names.Add($"'{_names.PeekOutput(Network.Outputs.Count)}'");
        }

        return names.Count == 0 ? "none" : string.Join(", ", names);
    }

    private LayerNode Add(Layer layer, int position, LayerNode? input)
    {
        var node = new LayerNode(layer, position, input);
        Network.Nodes.Add(node);
        return node;
    }

    private void Report(int position, LayerError? error)
    {
        if (error is not null)
        {
            Error ??= new(position, error);
        }
    }
}
