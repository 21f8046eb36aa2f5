using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>Emits the concatenation of channels whose numbers do not fill whole vectors: at each place one run of channels after the other.</summary>
internal static class FeatureConcatKernel
{
    public static Kernel Create(Region region, string name)
    {
        var concat = (Concat)region.Anchor;
        var operands = new RegionOperands(region.Inputs, concat.Outputs);
        return new Kernel(name, $"{concat.Layer} of one sample: channels one after another at each of {FeatureLayout.Of(concat.Output.Shape).Places} places.", operands.All, _ => [Emit(concat, operands)]);
    }

    private static string Emit(Concat concat, RegionOperands operands)
    {
        var writer = new SourceWriter();
        var places = FeatureLayout.Of(concat.Output.Shape).Places;
        var place = places > 1 ? "p" : "0";
        using (writer.Block(places > 1 ? $"for (var p = 0; p < {places}; p++)" : ""))
        {
            foreach (var (input, index) in concat.Inputs.Select((input, index) => (input, index)))
            {
                var from = new OffsetText().Add(place, FeatureStorage.Stride(input));
                var to = new OffsetText().Add(place, FeatureStorage.Stride(concat.Output)).Add(Literal.Of(concat.Start(index)), 1);
                writer.Line($"{Span(operands[input], from, input.Shape[0])}.CopyTo({Span(operands[concat.Output], to, input.Shape[0])});");
            }
        }

        return writer.ToString();
    }

    private static string Span(string operand, OffsetText offset, int channels) =>
        $"MemoryMarshal.CreateSpan(ref Unsafe.Add<float>(ref {operand}, {offset}), {Literal.Of(channels)})";
}
