using ModelGen.Generator.Layers;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Parsing;

/// <summary>What the members of a model take and give: the names of their arguments, each unique, and what they hold.</summary>
/// <param name="Inputs">The inputs in declaration order.</param>
/// <param name="Labels">The labels of the losses in declaration order.</param>
/// <param name="Outputs">The outputs in the order in which they come about; at least one.</param>
internal sealed record ModelSignature(EquatableArray<InputArgument> Inputs, EquatableArray<LabelArgument> Labels, EquatableArray<string> Outputs);

/// <summary>The argument of an input: <c>int</c> for token ids, else <c>float</c>.</summary>
internal sealed record InputArgument(string Name, bool IsTokens);

/// <summary>The argument of a loss: <c>int</c> for classes, <c>float</c> for targets.</summary>
internal sealed record LabelArgument(string Name, LabelKind Kind);
