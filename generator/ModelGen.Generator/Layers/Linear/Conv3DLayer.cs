using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Conv3D(filters, kernel)</c> and <c>Conv3D(filters, kernelDepth, kernelHeight, kernelWidth)</c>: convolution of a volume or video.</summary>
internal sealed class Conv3DLayer(LayerSpec spec) : ConvolutionLayer(spec)
{
    public override string Stem => "conv3d";

    protected override AxisArgument[] Kernel => WindowRule.Sizes(this, "kernel", "kernelDepth", "kernelHeight", "kernelWidth");
}
