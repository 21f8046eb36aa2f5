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
    private LabelScope _labels = null!;

    /// <summary>Whether the current value was made current by its label.</summary>
    private bool _isSelected;

    private readonly List<Finding> _warnings = [];

    /// <summary>The outputs that no word names.</summary>
    private int _unnamedOutputs;

    private NetworkBuilder(ModelSpec spec)
    {
        _spec = spec;
        Network = new Network { MeasuresGradients = spec.MeasuresGradients };
    }

    public Network Network { get; }

    /// <summary>The first thing that is wrong, or null.</summary>
    public Finding? Error { get; private set; }

    /// <summary>What is unwise.</summary>
    public IReadOnlyList<Finding> Warnings => _warnings;

    public ModelSignature Signature { get; private set; } = null!;

    public static NetworkBuilder Build(ModelSpec spec)
    {
        var builder = new NetworkBuilder(spec);
        builder.Build();
        return builder;
    }

    private void Build()
    {
        var layers = new BlockExpansion(Report).Expand(_spec, _names);
        foreach (var declared in layers.Where(declared => declared.Layer is OutputLayer { Value.Length: > 0 }))
        {
            Report(declared.Site, _names.NameOutput((OutputLayer)declared.Layer));
        }

        // Labels share an argument list with inputs and outputs, so they are named when all of those are.
        foreach (var loss in layers.Select(declared => declared.Layer).OfType<LossLayer>())
        {
            loss.LabelName = _names.NextLabel(loss.Labels switch
            {
                LabelKind.Classes => "labels",
                LabelKind.Transcripts => "transcripts",
                LabelKind.Boxes => "boxes",
                _ => "targets",
            });
            loss.CountsName = loss.HasCounts ? _names.NextLabel("counts") : null;
        }

        if (!layers.Any(declared => declared.Layer is InputLayer))
        {
            Report(Site.Class, new LayerError(DiagnosticDescriptors.NoInput, null, new EquatableArray<string>([_spec.Name])));
        }

        _labels = new LabelScope(layers, null, null);
        foreach (var declared in layers)
        {
            Connect(declared);
        }

        EndChain(isLast: true);
        WarnOfUnusedLabels();
        Signature = new(
            Arguments(layers.Select(declared => declared.Layer).OfType<InputLayer>()).ToEquatableArray(),
            layers.Select(declared => declared.Layer).OfType<LossLayer>().Select(loss => new LabelArgument(loss.LabelName, loss.Labels, loss.CountsName)).ToEquatableArray(),
            (Network.Outputs.Count == 0 ? ["output"] : Network.Outputs.Select(output => output.Name)).ToEquatableArray());
    }

    /// <summary>The arguments of inputs; lengths follow what they are the lengths of.</summary>
    private static IReadOnlyList<InputArgument> Arguments(IEnumerable<InputLayer> inputs)
    {
        var arguments = new List<InputArgument>();
        foreach (var input in inputs)
        {
            arguments.Add(new InputArgument(input.Name, input.IsTokens));
            if (input.HasLengths)
            {
                arguments.Add(new InputArgument(input.LengthsName, IsInt: true, LengthsOf: arguments.Count - 1));
            }
        }

        return arguments;
    }

    private void Connect(DeclaredLayer declared)
    {
        var (layer, site) = (declared.Layer, declared.Site);
        switch (layer)
        {
            case InputLayer:
                EndChain(isLast: false);
                _lastLoss = null;
                SetCurrent(Add(layer, site, []));
                break;
            case LossLayer loss:
                Attach(loss, site);
                break;
            case FromLayer from:
                Select(from, site);
                break;
            case var _ when _current is null:
                Report(site, layer.Error(DiagnosticDescriptors.InputNotFirst, null));
                break;
            case var _ when _lastLoss is not null:
                Report(site, layer.Error(DiagnosticDescriptors.LayerAfterLoss, null, _lastLoss.Layer.Name));
                break;
            case LabelLayer label:
                Report(site, _labels.Declare(label.Value, _current, site));
                break;
            case OutputLayer output:
                RequireLayer();
                Network.Outputs.Add(new NetworkOutput(output.Value, _current, null));
                break;
            case BlockLayer:
                ConnectBlock(declared.Body);
                break;
            default:
                SetCurrent(Add(layer, site, [_current, .. layer.References.Select(reference => Find(layer, site, reference)).OfType<LayerNode>()]));
                break;
        }
    }

    private void ConnectBlock(IReadOnlyList<DeclaredLayer> body)
    {
        var outer = _labels;
        _labels = new LabelScope(body, _current, outer);
        foreach (var declared in body)
        {
            Connect(declared);
        }

        WarnOfUnusedLabels();
        _labels = outer;
        _isSelected = false;
    }

    /// <summary>Goes on from a labelled value; what was current must be of use to something.</summary>
    private void Select(FromLayer from, Site site)
    {
        var node = Find(from, site, from.References[0]);
        var isUsed = _current is null
            || ReferenceEquals(_current, _labels.Input)
            || ReferenceEquals(_current, node)
            || _labels.IsTaken(_current)
            || Network.Outputs.Any(output => ReferenceEquals(output.Node, _current))
            || IsRead(_current);
        if (!isUsed)
        {
            Report(_current!.Site, _current.Layer.Error(DiagnosticDescriptors.ResultNeverUsed, null));
        }

        if (node is not null)
        {
            _current = node;
            _isSelected = true;
            _lastLoss = null;
        }
    }

    private LayerNode? Find(Layer layer, Site site, LabelReference reference)
    {
        var node = _labels.Find(layer, reference, out var error);
        Report(site, error);
        return node;
    }

    private void WarnOfUnusedLabels() => _warnings.AddRange(_labels.Unused.Select(label => Finding.At(
        label.Site, new LayerError(DiagnosticDescriptors.UnusedLabel, NamingLayer.Argument, new EquatableArray<string>([label.Label])))));

    private bool IsRead(LayerNode node) => Network.Nodes.Any(other => other.Inputs.Contains(node));

    private void SetCurrent(LayerNode node)
    {
        _current = node;
        _isSelected = false;
    }

    private void Attach(LossLayer loss, Site site)
    {
        var output = loss.On is null ? OutputOfCurrent() : Network.Outputs.FirstOrDefault(output => output.Name == loss.On);
        var isOutputAlready = Network.Outputs.Any(known => ReferenceEquals(known.Node, _current));
        if (output is null && loss.On is not null && !isOutputAlready && loss.On == _names.PeekOutput(_unnamedOutputs))
        {
            output = OutputOfCurrent();
        }

        if (output is null)
        {
            Report(site, loss.On is null
                ? loss.Error(DiagnosticDescriptors.InputNotFirst, null)
                : loss.Error(DiagnosticDescriptors.UnknownOutput, "On", loss.On, Known()));
            return;
        }

        var node = Add(loss, site, [output.Node]);
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
            output = new NetworkOutput(_names.PeekOutput(_unnamedOutputs), _current, null);
            Network.Outputs.Add(output);
            _unnamedOutputs++;
        }

        return output;
    }

    /// <summary>Makes the end of a chain an output, unless another chain takes it by its label.</summary>
    private void EndChain(bool isLast)
    {
        if (_current is not null && (isLast || _isSelected || !_labels.IsTaken(_current)))
        {
            OutputOfCurrent();
        }

        _current = null;
    }

    private void RequireLayer()
    {
        if (_current!.Layer is InputLayer input && !IsRead(_current))
        {
            Report(_current.Site, input.Error(DiagnosticDescriptors.NoLayers, null));
        }
    }

    private string Known()
    {
        var names = Network.Outputs.Select(output => $"'{output.Name}'").ToList();
        if (_current is not null && !Network.Outputs.Any(output => ReferenceEquals(output.Node, _current)))
        {
            names.Add($"'{_names.PeekOutput(_unnamedOutputs)}'");
        }

        return names.Count == 0 ? "none" : string.Join(", ", names);
    }

    private LayerNode Add(Layer layer, Site site, IReadOnlyList<LayerNode> inputs)
    {
        layer.Sources = [.. inputs.Select(input => input.Layer.Name)];
        var node = new LayerNode(layer, site, inputs);
        Network.Nodes.Add(node);
        return node;
    }

    private void Report(Site site, LayerError? error)
    {
        if (error is not null)
        {
            Error ??= Finding.At(site, error);
        }
    }
}
