using System.Text;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>
/// A block: an attribute that stands for the layers it is annotated with. Its layers are named after it, such as
/// <c>basic_block_1.conv2d_2</c>, counted within the block.
/// </summary>
internal sealed class BlockLayer(LayerSpec spec, BlockSpec block) : StructureLayer(spec)
{
    /// <summary>What it stands for.</summary>
    public BlockSpec Block { get; } = block;

    /// <summary>The attribute's name in small letters, words apart: <c>basic_block</c> of BasicBlockAttribute.</summary>
    public override string Stem { get; } = SnakeCase(spec.Attribute);

    public override LayerError? Check() => Block switch
    {
        { Cycle: { } cycle } => Error(DiagnosticDescriptors.BlockCycle, null, cycle),
        { IsTooLarge: true } => Error(DiagnosticDescriptors.BlockTooLarge, null, Format(BlockSpec.MostLayers)),
        { IsSpread: true } => Error(DiagnosticDescriptors.SpreadBlock, null, Spec.Attribute),
        { Layers.Count: 0 } => Error(DiagnosticDescriptors.EmptyBlock, null, Spec.Attribute),
        _ => null,
    };

    private static string SnakeCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var beginsWord = char.IsUpper(name[i])
                && i > 0
                && (char.IsLower(name[i - 1]) || (char.IsUpper(name[i - 1]) && i + 1 < name.Length && char.IsLower(name[i + 1])));
            text.Append(beginsWord ? "_" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }
}
