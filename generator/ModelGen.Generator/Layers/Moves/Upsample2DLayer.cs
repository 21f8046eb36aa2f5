using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Upsample2D(scale)</c>: repeats every pixel; the spreading of a window that sums.</summary>
internal sealed class Upsample2DLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "upsample2d";

    private AxisArgument[] Scales => WindowRule.Sizes(this, "scale", "scaleHeight", "scaleWidth");

    public override Inference Infer(TensorType input)
    {
        var scales = Scales;
        if (!input.IsChannelsFirst(2))
        {
            return WrongInput(TensorType.ChannelsFirstRoles(2), input);
        }

        // Each axis is bounded by itself, so that its product below is exact.
        if ((RequireCount(scales[0].Argument, scales[0].Value, (int)(Limits.MaxElements / input.Axes[1].Extent)) ??
             RequireCount(scales[1].Argument, scales[1].Value, (int)(Limits.MaxElements / input.Axes[2].Extent))) is { } error)
        {
            return error;
        }

        return input.With(1, input.Axes[1].Extent * scales[0].Value).With(2, input.Axes[2].Extent * scales[1].Value);
    }

    public override Value Lower(Lowering lowering, Value input, TensorType type)
    {
        var shape = input.Shape;
        var (rows, columns) = (Scales[0].Value, Scales[1].Value);
        return lowering.Graph.Unwindow(
            Name,
            WindowKind.Sum,
            input,
            null,
            [
                new ContractAxis(shape[0], shape[0], 1),
                new ContractAxis(shape[1] * rows, shape[1], rows, rows),
                new ContractAxis(shape[2] * columns, shape[2], columns, columns),
            ]);
    }
}
