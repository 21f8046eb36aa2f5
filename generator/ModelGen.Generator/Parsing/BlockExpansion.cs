using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>Creates the layers of a spec, writes blocks out and names everything.</summary>
/// <param name="report">Receives what is wrong, and where.</param>
internal sealed class BlockExpansion(System.Action<Site, LayerError?> report)
{
    /// <summary>The layers of a model.</summary>
    public IReadOnlyList<DeclaredLayer> Expand(ModelSpec spec, LayerNames names)
    {
        var layers = new List<DeclaredLayer>();
        for (var position = 0; position < spec.Layers.Count; position++)
        {
            var (layer, site) = (spec.Layers[position], new Site(position));
            if (BlockConstants.Find(layer) is { } argument)
            {
                report(site, new LayerError(DiagnosticDescriptors.BlockConstantOutside, argument, new EquatableArray<string>([layer.Attribute])));
            }

            Create(layer, site, names, layers, isInBlock: false);
        }

        return layers;
    }

    private Layer? Create(LayerSpec spec, Site site, LayerNames names, List<DeclaredLayer> layers, bool isInBlock)
    {
        if (LayerCatalog.Create(spec) is not { } layer)
        {
            report(site, new LayerError(DiagnosticDescriptors.UnknownLayer, null, new EquatableArray<string>([spec.Attribute])));
            return null;
        }

        if (layer is NamingLayer)
        {
            layer.Name = names.Prefix + spec;
        }
        else
        {
            report(site, names.Name(layer));
        }

        if (isInBlock && layer is (InputLayer or LossLayer or OutputLayer))
        {
            report(site, layer.Error(DiagnosticDescriptors.NotInBlock, null));
            return layer;
        }

        report(site, (layer as StructureLayer)?.Check());
        layers.Add(new DeclaredLayer(layer, site, layer is BlockLayer block ? ExpandBody(block, site) : []));
        return layer;
    }

    private List<DeclaredLayer> ExpandBody(BlockLayer block, Site use)
    {
        var names = new LayerNames(block.Name + ".");
        var layers = new List<DeclaredLayer>();
        foreach (var written in block.Block.Layers)
        {
            var bound = new Dictionary<string, string>();
            var spec = BlockConstants.Bind(written, block.Spec, bound, out var error);

            // An argument that comes from an argument of the block, which may itself come from one of a block around it.
            var outer = bound
                .Select(pair => (pair.Key, Value: use.Argument(pair.Value)))
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!);
            var site = new Site(use.Position, outer);
            var layer = Create(spec, site, names, layers, isInBlock: true);
            if (error is not null && layer is not null)
            {
                report(use, error with { MessageArguments = new[] { layer.Name }.Concat(error.MessageArguments).ToEquatableArray() });
            }
        }

        return layers;
    }
}
