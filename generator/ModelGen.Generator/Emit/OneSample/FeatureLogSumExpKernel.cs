using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>Emits log Σ exp over the features of a single sample, which lie in the lanes: once through for the maximum, once for the sum around it.</summary>
internal static class FeatureLogSumExpKernel
{
    public static Kernel Create(Region region, string name)
    {
        var reduce = (Reduce)region.Anchor;
        var operands = new RegionOperands(region.Inputs, reduce.Outputs);
        return new Kernel(name, $"{reduce.Layer} of one sample: {reduce.Details} of {reduce.Inputs[0].Shape}.", operands.All, width => [Emit(reduce, operands, width)]);
    }

    private static string Emit(Reduce reduce, RegionOperands operands, VectorWidth kernelWidth)
    {
        var layout = FeatureLayout.Of(reduce.Inputs[0].Shape);
        var width = layout.Width(kernelWidth);
        var (x, y) = (operands[reduce.Inputs[0]], operands[reduce.Output]);
        var whole = layout.Channels / width.Lanes * width.Lanes;
        var writer = new SourceWriter();
        var lowest = $"{width.Type}.Create<float>(float.NegativeInfinity)";
        var hasRest = whole < layout.Channels;
        if (hasRest)
        {
            // Padding lanes count as −∞, whose exponential is zero.
            writer.Line($"var rest = {width.Type}.ConditionalSelect<float>({width.Type}.LessThan<float>({width.Type}<float>.Indices, {width.Type}.Create<float>({Literal.Of((double)(layout.Channels - whole))})), {width.Type}.LoadUnsafe<float>(ref {x}, {whole}), {lowest});");
        }

        writer.Line($"var largest = {(hasRest ? "rest" : lowest)};");
        Over($"largest = {width.Type}.MaxNative<float>(largest, {Load()});");
        writer.Line($"var top = FeatureLanes.Max(largest);");
        writer.Line($"var shift = {width.Type}.Create<float>(top);");
        writer.Line($"var sum = {(hasRest ? "VectorMath.Exp(rest - shift)" : $"{width.Type}<float>.Zero")};");
        Over($"sum += VectorMath.Exp({Load()} - shift);");
        writer.Line($"{y} = top + VectorMath.Log(Vector128.CreateScalar({width.Type}.Sum<float>(sum))).ToScalar();");
        return writer.ToString();

        string Load() => $"{width.Type}.LoadUnsafe<float>(ref {x}, {(whole > width.Lanes ? "c" : "0")})";

        void Over(string statement)
        {
            if (whole > width.Lanes)
            {
                using (writer.Block($"for (nuint c = 0; c < {whole}; c += {width.Lanes})"))
                {
                    writer.Line(statement);
                }
            }
            else if (whole > 0)
            {
                writer.Line(statement);
            }
        }
    }
}
