using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Layers;

/// <summary>
/// Where a layer is declared: the position of the attribute in the model's list and, for a layer inside a block, which of its
/// arguments come from which argument of that attribute. An error inside a block is shown where the block is used.
/// </summary>
internal sealed record Site(int Position, IReadOnlyDictionary<string, string>? Bound = null)
{
    /// <summary>The class rather than one of its attributes.</summary>
    public static Site Class { get; } = new(-1);

    /// <summary>The argument at the place of use that an argument of the layer comes from, or null for the whole attribute.</summary>
    public string? Argument(string? argument)
    {
        if (Bound is null || argument is null)
        {
            return argument;
        }

        return Bound.TryGetValue(argument.Split('[').First().ToUpperInvariant(), out var outer) ? outer : null;
    }
}
