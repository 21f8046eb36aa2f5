using System.Globalization;
using System.Linq;
using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Reshape(shape…)</c>: the same numbers in row-major order under another shape.</summary>
internal sealed class ReshapeLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "reshape";

    private EquatableArray<int> Extents => Spec.Find("shape")?.Integers ?? EquatableArray<int>.Empty;

    public override Inference Infer(TensorType input)
    {
        if (Extents.Count is < 1 or > 4)
        {
            return OutOfRange("shape", $"({string.Join(", ", Extents)})", "one to four extents");
        }

        if (RequireCounts("shape", Extents, (int)Limits.MaxElements) is { } error)
        {
            return error;
        }

        var type = TensorType.ChannelsFirst(Extents);
        var product = Extents.Aggregate(1m, (count, extent) => count * extent);
        return product == input.Count
            ? type
            : Error(
                DiagnosticDescriptors.ReshapeProduct,
                "shape",
                type.ToString(),
                product.ToString(CultureInfo.InvariantCulture),
                input.ToString(),
                input.Count.ToString(CultureInfo.InvariantCulture));
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type) =>
        lowering.Graph.Reshape(Name, input, new Shape(Extents));
}
