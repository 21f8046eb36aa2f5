using ModelGen.Reference.Oracles.Layers;
using ModelGen.Reference.Oracles.Layers.Recurrent;

namespace ModelGen.Reference.Oracles;

/// <summary>A labelled value that a layer takes beside the one before it.</summary>
/// <param name="Layer">The layer that made it; null for an input.</param>
/// <param name="Type">Its type.</param>
internal sealed record OracleMemory(OracleLayer? Layer, OracleType Type);

/// <summary>Finds the formula of a layer attribute.</summary>
internal static class LayerCatalogue
{
    /// <summary>The layer an attribute declares, for an input of the given type.</summary>
    /// <param name="attribute">The attribute as declared.</param>
    /// <param name="name">The name of the layer in the model.</param>
    /// <param name="input">The type of what it takes.</param>
    /// <param name="memory">The labelled value it takes beside, if any.</param>
    /// <param name="nextStream">Gives the next stream of random numbers, counted from zero.</param>
    /// <exception cref="NotSupportedException">The oracle has no formula for it.</exception>
    public static OracleLayer Create(LayerAttribute attribute, string name, OracleType input, OracleMemory? memory, Func<int> nextStream) => attribute switch
    {
        DenseAttribute a => new DenseOracle(input, a.Units, a.UseBias, memory?.Layer) { Name = name },
        FlattenAttribute => new ReshapeOracle(input, OracleType.ChannelsFirst(input.Count)) { Name = name },
        ReshapeAttribute a => new ReshapeOracle(input, OracleType.ChannelsFirst(a.Shape)) { Name = name },
        PermuteAttribute a => GatherOracle.Permute(input, a.Axes, name),
        Upsample2DAttribute { Mode: Interpolation.Bilinear } a => new BilinearOracle(input, a.ScaleHeight, a.ScaleWidth) { Name = name },
        Upsample2DAttribute a => GatherOracle.Upsample(input, [a.ScaleHeight, a.ScaleWidth], name),
        Conv1DAttribute a => Convolution(a, name, input, a.Filters, a.Groups, a.Kernel),
        Conv2DAttribute a => Convolution(a, name, input, a.Filters, a.Groups, a.KernelHeight, a.KernelWidth),
        Conv3DAttribute a => Convolution(a, name, input, a.Filters, a.Groups, a.KernelDepth, a.KernelHeight, a.KernelWidth),
        ConvTranspose1DAttribute a => TransposedConvolution(a, name, input, a.Filters, a.Kernel),
        ConvTranspose2DAttribute a => TransposedConvolution(a, name, input, a.Filters, a.KernelHeight, a.KernelWidth),
        ConvTranspose3DAttribute a => TransposedConvolution(a, name, input, a.Filters, a.KernelDepth, a.KernelHeight, a.KernelWidth),
        DepthwiseConv2DAttribute a =>
            Convolution(a, name, input, input.Extents[0] * a.DepthMultiplier, input.Extents[0], a.KernelHeight, a.KernelWidth),
        MaxPool1DAttribute a => Pooling(a, name, input, maximum: true, a.Size),
        MaxPool2DAttribute a => Pooling(a, name, input, maximum: true, a.Height, a.Width),
        MaxPool3DAttribute a => Pooling(a, name, input, maximum: true, a.Depth, a.Height, a.Width),
        AveragePool1DAttribute a => Pooling(a, name, input, maximum: false, a.Size),
        AveragePool2DAttribute a => Pooling(a, name, input, maximum: false, a.Height, a.Width),
        AveragePool3DAttribute a => Pooling(a, name, input, maximum: false, a.Depth, a.Height, a.Width),
        GlobalMaxPoolAttribute => GlobalPooling(name, input, maximum: true),
        GlobalAveragePoolAttribute => GlobalPooling(name, input, maximum: false),
        BatchNormAttribute a => new BatchNormOracle(input, a.Momentum, a.Epsilon) { Name = name },
        LayerNormAttribute a => new LayerNormOracle(input, a.Epsilon) { Name = name },
        GroupNormAttribute a => new GroupNormOracle(input, a.Groups, a.Epsilon) { Name = name },
        SpatialDropoutAttribute a => new DropoutOracle(input, a.Rate, nextStream(), input.Count / input.Extents[0]) { Name = name },
        DropoutAttribute a => new DropoutOracle(input, a.Rate, nextStream()) { Name = name },
        EmbeddingAttribute a => new EmbeddingOracle(input, a.Size) { Name = name },
        SimpleRNNAttribute a => Recurrent(a, name, input, memory, new SimpleRnnCell(input.Extents[1], a.Units, a.Activation)),
        LSTMAttribute a => Recurrent(a, name, input, memory, new LstmCell(input.Extents[1], a.Units, a.Peepholes, a.Projection)),
        GRUAttribute a => Recurrent(a, name, input, memory, new GruCell(input.Extents[1], a.Units, a.ResetAfter)),
        LastAttribute => OverTimeOracle.Last(input, name),
        MeanOverTimeAttribute => OverTimeOracle.Mean(input, name),
        PositionalEncodingAttribute a => new PositionalEncodingOracle(input, a.Learned) { Name = name },
        AttentionAttribute a => new AttentionOracle(input, memory!.Type, a.Score, a.Units == 0 ? input.Extents[^1] : a.Units) { Name = name },
        MultiHeadAttentionAttribute a => new MultiHeadAttentionOracle(input, memory?.Type, a.Heads, a.Causal) { Name = name },
        SoftmaxAttribute => new SoftmaxOracle(input, logarithm: false) { Name = name },
        LogSoftmaxAttribute => new SoftmaxOracle(input, logarithm: true) { Name = name },
        AddAttribute => AddOracle.Create(input, memory!.Type, name),
        MultiplyAttribute => MultiplyOracle.Create(input, memory!.Type, name),
        ConcatAttribute => new ConcatOracle(input, memory!.Type) { Name = name },
        _ => Activation(attribute, name, input),
    };

    private static RecurrentOracle Recurrent(RecurrentAttribute attribute, string name, OracleType input, OracleMemory? memory, RecurrentCell cell) =>
        new(input, cell, attribute.Bidirectional, attribute.Stateful, memory?.Layer, memory is { Layer: not RecurrentOracle }) { Name = name };

    private static ElementwiseOracle Activation(LayerAttribute attribute, string name, OracleType input)
    {
        return attribute switch
        {
            ReLUAttribute => Of(x => Math.Max(x, 0), (x, y) => x > 0 ? 1 : 0),
            LeakyReLUAttribute a => Of(x => x > 0 ? x : a.Slope * x, (x, y) => x > 0 ? 1 : a.Slope),
            ELUAttribute a => Of(x => x > 0 ? x : a.Alpha * SpecialFunctions.Expm1(x), (x, y) => x > 0 ? 1 : a.Alpha * Math.Exp(x)),
            GELUAttribute => Of(x => x * NormalCumulative(x), (x, y) => NormalCumulative(x) + (x * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI))),
            SiLUAttribute => Of(x => x * SpecialFunctions.Sigmoid(x), (x, y) => SpecialFunctions.Sigmoid(x) * (1 + x - y)),
            SigmoidAttribute => Of(SpecialFunctions.Sigmoid, (x, y) => y * (1 - y)),
            TanhAttribute => Of(Math.Tanh, (x, y) => 1 - (y * y)),
            SoftplusAttribute => Of(SpecialFunctions.Softplus, (x, y) => SpecialFunctions.Sigmoid(x)),
            StepAttribute => Of(x => x > 0 ? 1 : 0, (x, y) => 0),
            _ => throw new NotSupportedException($"The oracle has no formula for {attribute.GetType().Name}."),
        };

        ElementwiseOracle Of(Func<double, double> function, Func<double, double, double> derivative) =>
            new(input, function, derivative) { Name = name };
    }

    private static double NormalCumulative(double x) => (1 + SpecialFunctions.Erf(x / Math.Sqrt(2))) / 2;

    private static ConvolutionOracle Convolution(
        ConvolutionAttribute attribute, string name, OracleType input, int filters, int groups, params int[] kernel)
    {
        var window = new SlidingWindow([.. kernel.Select((taps, axis) => Axis(
            input.Extents[axis + 1],
            taps,
            attribute.Strides?[axis] ?? attribute.Stride,
            attribute.Dilations?[axis] ?? attribute.Dilation,
            attribute.Paddings?[axis] ?? attribute.Padding))]);
        return new ConvolutionOracle(input, filters, groups, attribute.UseBias, window) { Name = name };
    }

    private static TransposedConvolutionOracle TransposedConvolution(
        TransposedConvolutionAttribute attribute, string name, OracleType input, int filters, params int[] kernel)
    {
        var axes = kernel.Select((taps, axis) => TransposedAxis.Create(
            input.Extents[axis + 1],
            taps,
            attribute.Strides?[axis] ?? attribute.Stride,
            attribute.Dilations?[axis] ?? attribute.Dilation,
            attribute.Paddings?[axis] ?? attribute.Padding,
            attribute.OutputPaddings?[axis] ?? attribute.OutputPadding));
        return new TransposedConvolutionOracle(input, filters, attribute.Groups, attribute.UseBias, [.. axes]) { Name = name };
    }

    private static PoolingOracle Pooling(PoolingAttribute attribute, string name, OracleType input, bool maximum, params int[] size)
    {
        var window = new SlidingWindow([.. size.Select((taps, axis) => Axis(
            input.Extents[axis + 1],
            taps,
            attribute.Strides?[axis] ?? (attribute.Stride == 0 ? taps : attribute.Stride),
            dilation: 1,
            attribute.Paddings?[axis] ?? attribute.Padding))]);
        return new PoolingOracle(input, input with { Extents = [input.Extents[0], .. window.OutputExtents] }, maximum, window) { Name = name };
    }

    private static PoolingOracle GlobalPooling(string name, OracleType input, bool maximum)
    {
        var window = new SlidingWindow([.. input.Extents.Skip(1).Select(extent => WindowAxis.Padded(extent, extent, 1, 1, 0))]);
        return new PoolingOracle(input, OracleType.ChannelsFirst(input.Extents[0]), maximum, window) { Name = name };
    }

    private static WindowAxis Axis(int extent, int kernel, int stride, int dilation, int padding) => padding switch
    {
        Pad.Same => WindowAxis.Same(extent, kernel, stride, dilation),
        Pad.Causal => new WindowAxis(extent, kernel, stride, dilation, dilation * (kernel - 1), 0),
        _ => WindowAxis.Padded(extent, kernel, stride, dilation, padding),
    };
}
