using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Upsample2D(scale)</c>: repeats every pixel, the spreading of a window that sums; or interpolates between them.</summary>
internal sealed class Upsample2DLayer(LayerSpec spec) : Layer(spec)
{
    public override string Stem => "upsample2d";

    private bool IsBilinear => Spec.Integer("Mode") == 1;

    private AxisArgument[] Scales => WindowRule.Sizes(this, "scale", "scaleHeight", "scaleWidth");

    public override Inference Infer(TensorType input)
    {
        var scales = Scales;
        if (!input.IsChannelsFirst(2))
        {
            return WrongInput(TensorType.ChannelsFirstRoles(2), input);
        }

        if (Spec.Integer("Mode") is < 0 or > 1)
        {
            return OutOfRange("Mode", Format(Spec.Integer("Mode")), "Interpolation.Nearest or Interpolation.Bilinear");
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
        var (rows, columns) = (Scales[0].Value, Scales[1].Value);
        return IsBilinear ? Interpolate(lowering, Interpolate(lowering, input, 1, rows), 2, columns) : Repeat(lowering, input, rows, columns);
    }

    private Value Repeat(Lowering lowering, Value input, int rows, int columns)
    {
        var shape = input.Shape;
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

    /// <summary>
    /// Linear interpolation along one axis. The new place s·k + r lies d = (r + ½)/s − ½ from the centre of pixel k, so it is
    /// (1 − |d|)·x[k] + |d|·x[k ± 1] = (1 − 2·|d|)·x[k] + |d|·(x[k] + x[k ± 1]). The sums of neighbours are a window of two over
    /// the input, each repeated at the s places between two centres; beyond the border, where a sum is x[k] alone, x[k] counts
    /// once more.
    /// </summary>
    private Value Interpolate(Lowering lowering, Value input, int axis, int scale)
    {
        if (scale == 1)
        {
            return input;
        }

        var graph = lowering.Graph;
        var shape = input.Shape;
        var (count, enlarged) = (shape[axis], shape[axis] * scale);
        var pairs = graph.Window(Name, WindowKind.Sum, input, AxesWith(new ContractAxis(count, count + 1, 2, Padding: 1)));
        var spread = graph.Unwindow(Name, WindowKind.Sum, pairs, null, AxesWith(new ContractAxis(enlarged, count + 1, scale, scale, Padding: scale / 2)));

        // Seen with an axis for k and one for r, a pixel is repeated by broadcasting.
        var places = Split(count, scale);
        var (k, offset) = (Scalar.Coordinate(axis), (Scalar.Coordinate(axis + 1) * (1.0 / scale)) + ((0.5 / scale) - 0.5));
        var distance = Scalar.Abs(offset);
        var before = Scalar.Select(Scalar.Equal(k, 0), Scalar.Select(Scalar.Greater(0, offset), distance, 0), 0);
        var after = Scalar.Select(Scalar.Equal(k, count - 1), Scalar.Select(Scalar.Greater(offset, 0), distance, 0), 0);
        var own = Scalar.Constant(1) - (distance * 2) + before + after;
        var blended = graph.Map(Name, places, (own * Scalar.Read(0)) + (distance * Scalar.Read(1)), (input, Split(count, 1)), (spread, places));
        return graph.Reshape(Name, blended, new Shape(shape.Extents.Select((extent, index) => index == axis ? enlarged : extent)));

        ContractAxis[] AxesWith(ContractAxis changed) =>
            [.. shape.Extents.Select((extent, index) => index == axis ? changed : new ContractAxis(extent, extent, 1))];

        Shape Split(int first, int second) =>
            new(shape.Extents.SelectMany((extent, index) => index == axis ? new[] { first, second } : [extent]));
    }
}
