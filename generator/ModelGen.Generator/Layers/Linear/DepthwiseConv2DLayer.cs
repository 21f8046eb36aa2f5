using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>DepthwiseConv2D(kernel)</c>: convolution of an image, each channel by filters of its own.</summary>
internal sealed class DepthwiseConv2DLayer(LayerSpec spec) : ConvolutionLayer(spec)
{
    public override string Stem => "depthwise_conv2d";

    protected override AxisArgument[] Kernel => WindowRule.Sizes(this, "kernel", "kernelHeight", "kernelWidth");

    private int DepthMultiplier => Spec.Integer("DepthMultiplier", 1);

    protected override int Filters(int channels) => channels * DepthMultiplier;

    protected override int Groups(int channels) => channels;

    protected override LayerError? CheckChannels(int channels) =>
        RequireCount("DepthMultiplier", DepthMultiplier, (int)(Limits.MaxElements / channels));
}
