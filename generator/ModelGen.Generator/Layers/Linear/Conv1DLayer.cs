using ModelGen.Generator.Diagnostics;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary><c>Conv1D(filters, kernel)</c>: convolution of a signal.</summary>
internal sealed class Conv1DLayer(LayerSpec spec) : ConvolutionLayer(spec)
{
    public override string Stem => "conv1d";

    protected override AxisArgument[] Kernel => WindowRule.Sizes(this, "kernel");

    protected override LayerError RefuseAxes(TensorType input) => input.Is(AxisRole.Time, AxisRole.Feature)
        ? Error(DiagnosticDescriptors.PermuteBeforeConvolution, null, input.ToString())
        : base.RefuseAxes(input);
}
