using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Layers;

/// <summary>Expressions that several layers are written with.</summary>
internal static class Expressions
{
    /// <summary>log(1 + exp(x)), which neither overflows nor cancels, and whose symbolic slope is σ(x) everywhere, zero included.</summary>
    public static Scalar Softplus(Scalar x) => ((x + Scalar.Abs(x)) * 0.5) + Scalar.Log1p(Scalar.Exp(-Scalar.Abs(x)));

    /// <summary>The number of a table at a coordinate: nested selections, halving the table at each, equal neighbours together.</summary>
    public static Scalar Table(Scalar coordinate, IReadOnlyList<float> values) => Table(coordinate, values, 0, values.Count);

    private static Scalar Table(Scalar coordinate, IReadOnlyList<float> values, int start, int end)
    {
        var middle = (start + end) / 2;
        return Enumerable.Range(start, end - start).All(place => values[place] == values[start])
            ? Scalar.Constant(values[start])
            : Scalar.Select(
                Scalar.GreaterOrEqual(coordinate, middle), Table(coordinate, values, middle, end), Table(coordinate, values, start, middle));
    }
}
