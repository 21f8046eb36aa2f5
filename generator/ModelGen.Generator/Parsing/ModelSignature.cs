using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>What the members of a model take and give: the names of their arguments, each unique, and what they hold.</summary>
/// <param name="Inputs">The inputs in declaration order.</param>
/// <param name="Labels">The labels of the losses in declaration order.</param>
/// <param name="Outputs">The outputs in the order in which they come about; at least one.</param>
internal sealed record ModelSignature(EquatableArray<InputArgument> Inputs, EquatableArray<LabelArgument> Labels, EquatableArray<string> Outputs);

/// <summary>The argument of an input, or of the lengths of its samples: <c>int</c> for token ids and lengths, else <c>float</c>.</summary>
/// <param name="Name">The name of the argument.</param>
/// <param name="IsInt">Whether its elements are <c>int</c>.</param>
/// <param name="LengthsOf">The position of the input whose lengths it is, or −1 for an input.</param>
internal sealed record InputArgument(string Name, bool IsInt, int LengthsOf = -1);

/// <summary>The argument of a loss: <c>int</c> for classes, <c>float</c> for targets.</summary>
/// <param name="Name">The name of the argument.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Counts">The name of a further one that says how many labels each sample has, or null where all have the same number.</param>
internal sealed record LabelArgument(string Name, LabelKind Kind, string? Counts = null)
{
    /// <summary>Whether its elements are <c>int</c>.</summary>
    public bool IsInt => Kind is LabelKind.Classes or LabelKind.Transcripts;
}
