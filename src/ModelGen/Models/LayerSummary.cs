namespace ModelGen;

/// <summary>One line of a model's summary.</summary>
/// <param name="Name">The name of the layer, such as <c>conv2d_1</c>.</param>
/// <param name="Kind">The layer as it was declared, such as <c>Conv2D(6, 5)</c>.</param>
/// <param name="OutputShape">The extents of its result for one sample.</param>
/// <param name="Parameters">The number of its trained parameters.</param>
/// <param name="MultiplyAdds">The multiply-add operations of its forward pass for one sample.</param>
/// <param name="InputGradientMultiplyAdds">The multiply-adds of its input gradient in training; zero where no gradient is needed.</param>
/// <param name="WeightGradientMultiplyAdds">The multiply-adds of its weight gradient in training.</param>
public sealed record LayerSummary(
    string Name,
    string Kind,
    int[] OutputShape,
    long Parameters,
    long MultiplyAdds,
    long InputGradientMultiplyAdds,
    long WeightGradientMultiplyAdds);
