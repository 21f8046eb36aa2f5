using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>
/// Which products have their weights packed: those that read more of them than the second-level cache keeps beside all else, again at every
/// step of a scan. A tile of outputs then reads one run of numbers, which processors fetch ahead, and not as many rows as it has outputs.
/// </summary>
internal static class PackingRule
{
    /// <summary>The weights, half a megabyte: below, nothing is gained.</summary>
    private const int LeastWeights = 128 * 1024;

    /// <summary>The times they are read: packing them takes about as long as reading them once.</summary>
    private const int LeastSteps = 16;

    /// <param name="product">A product of the body of a scan.</param>
    /// <param name="steps">The steps of the scan.</param>
    public static bool Suits(Contract product, int steps) =>
        product.Geometry is { Groups: 1, Axes.Count: 0 }
        && product.Role != ContractRole.Weight
        && product.Inputs[1].Scope == Graph.Scope.Model
        && product.Inputs[1].Shape.Count >= LeastWeights
        && steps >= LeastSteps;
}
