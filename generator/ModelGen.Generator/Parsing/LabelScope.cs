using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>The labels of a model, or of a block in it, which sees no others: which value each names, and which of them are taken.</summary>
internal sealed class LabelScope
{
    private readonly Dictionary<string, LayerNode> _nodes = [];
    private readonly Dictionary<string, (Site Site, bool IsTaken)> _declared = [];
    private readonly HashSet<string> _referenced;
    private readonly HashSet<string> _declaredSomewhere;
    private readonly LabelScope? _outer;

    /// <param name="layers">The layers of the model or block.</param>
    /// <param name="input">What the block takes; null for the model.</param>
    /// <param name="outer">The labels around the block.</param>
    public LabelScope(IReadOnlyList<DeclaredLayer> layers, LayerNode? input, LabelScope? outer)
    {
        _outer = outer;
        Input = input;
        _referenced = [.. layers.SelectMany(declared => declared.Layer.References).Select(reference => reference.Label)];
        _declaredSomewhere = [.. layers.Select(declared => declared.Layer).OfType<LabelLayer>().Select(label => label.Value)];
        if (input is not null)
        {
            _nodes[BlockConstants.Input] = input;
        }
    }

    /// <summary>What the block takes; null for the model.</summary>
    public LayerNode? Input { get; }

    /// <summary>The labels nothing takes, in the order they are declared in.</summary>
    public IEnumerable<(string Label, Site Site)> Unused => _declared.Where(label => !label.Value.IsTaken).Select(label => (label.Key, label.Value.Site));

    /// <summary>Whether a value has a label that something in the scope takes.</summary>
    public bool IsTaken(LayerNode node) => _nodes.Any(label => ReferenceEquals(label.Value, node) && _referenced.Contains(label.Key));

    /// <summary>Names a value, or says why not.</summary>
    public LayerError? Declare(string label, LayerNode node, Site site)
    {
        if (_nodes.ContainsKey(label))
        {
            return new LayerError(DiagnosticDescriptors.DuplicateLabel, NamingLayer.Argument, new EquatableArray<string>([label]));
        }

        _nodes[label] = node;
        _declared[label] = (site, false);
        return null;
    }

    /// <summary>The layer whose result a label names; null, and what to say, where there is none.</summary>
    public LayerNode? Find(Layer layer, LabelReference reference, out LayerError? error)
    {
        error = null;
        if (_nodes.TryGetValue(reference.Label, out var node))
        {
            if (_declared.TryGetValue(reference.Label, out var label))
            {
                _declared[reference.Label] = label with { IsTaken = true };
            }

            return node;
        }

        var nearest = NearestName.Of(reference.Label, _declared.Keys);
        var hint = reference.Label == BlockConstants.Input ? "Block.Input means something inside of a block only"
            : _declaredSomewhere.Contains(reference.Label) ? "it is given further down, and only values computed before can be taken"
            : Input is not null && _outer?.Knows(reference.Label) == true ? "a block sees its own labels only"
            : nearest is null ? "no value before it has a label"
            : $"did you mean '{nearest}'?";
        error = layer.Error(DiagnosticDescriptors.UnknownLabel, reference.Argument, reference.Label == BlockConstants.Input ? "Block.Input" : reference.Label, hint) with
        {
            Suggestion = hint.EndsWith("?", System.StringComparison.Ordinal) ? nearest : null,
        };
        return null;
    }

    private bool Knows(string label) => _declaredSomewhere.Contains(label) || _outer?.Knows(label) == true;
}
