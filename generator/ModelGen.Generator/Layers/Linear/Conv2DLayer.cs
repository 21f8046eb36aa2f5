using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Conv2D(filters, kernel)</c> and <c>Conv2D(filters, kernelHeight, kernelWidth)</c>: convolution of an image.</summary>
internal sealed class Conv2DLayer(LayerSpec spec) : ConvolutionLayer(spec)
{
    public override string Stem => "conv2d";

    protected override AxisArgument[] Kernel => WindowRule.Sizes(this, "kernel", "kernelHeight", "kernelWidth");
}
