using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>Reads the layers that blocks stand for, in the same compilation or a referenced one, each class once.</summary>
internal sealed class BlockParser(CancellationToken cancellationToken)
{
    private readonly Dictionary<ISymbol, (BlockSpec Block, int Layers)> _known = new(SymbolEqualityComparer.Default);
    private readonly Stack<INamedTypeSymbol> _open = new();

    /// <summary>Whether an attribute of a block is wrong as C#.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>What an attribute stands for, or null where it is no block.</summary>
    public BlockSpec? Parse(INamedTypeSymbol type) => ModelParser.IsBlock(type) ? ParseBlock(type).Block : null;

    private (BlockSpec Block, int Layers) ParseBlock(INamedTypeSymbol type)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_known.TryGetValue(type, out var known))
        {
            return known;
        }

        if (_open.Contains(type, SymbolEqualityComparer.Default))
        {
            var around = _open.TakeWhile(other => !SymbolEqualityComparer.Default.Equals(other, type)).Reverse();
            var names = new[] { type }.Concat(around.Cast<INamedTypeSymbol>()).Concat([type]).Select(ModelParser.ShortName);
            return (new BlockSpec(EquatableArray<LayerSpec>.Empty) { Cycle = string.Join(" → ", names) }, 1);
        }

        _open.Push(type);
        IsIncomplete |= ModelParser.HasIncomplete(type, cancellationToken);
        var attributes = ModelParser.LayerAttributes(type);
        var layers = new List<LayerSpec>(attributes.Length);
        var count = 0L;
        foreach (var attribute in attributes)
        {
            var inner = ModelParser.IsBlock(attribute.AttributeClass!) ? ParseBlock(attribute.AttributeClass!) : default;
            layers.Add(ModelParser.ParseLayer(attribute) with { Block = inner.Block });
            count += inner.Block is null ? 1 : inner.Layers;
        }

        _open.Pop();
        var isTooLarge = count > BlockSpec.MostLayers;
        var isSpread = IsSpread(attributes);
        var block = new BlockSpec(isTooLarge || isSpread ? EquatableArray<LayerSpec>.Empty : layers.ToEquatableArray()) { IsTooLarge = isTooLarge, IsSpread = isSpread };
        return _known[type] = (block, isTooLarge ? 1 : (int)count);
    }

    private bool IsSpread(ImmutableArray<AttributeData> attributes) => attributes
        .Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent)
        .Distinct()
        .Count() > 1;
}
