using System.Linq;
using ModelGen.Generator.Graph;

namespace ModelGen.Generator.Primitives;

/// <summary>
/// Connectionist temporal classification, which has an algorithm of its own: of scores (length, classes) and labels (1 + most), their
/// number first, −log of the probability of all paths that read as the labels, divided by their number or one; and, where it is
/// differentiated, its slopes by the scores, which fall out of the same forward and backward pass. Reads for each sample how many
/// steps count where lengths are given.
/// </summary>
internal sealed class Ctc(string layer, Value scores, Value labels, Value? lengths, int blank)
    : Node(layer, lengths is null ? [scores, labels] : [scores, labels, lengths])
{
    public int Blank { get; } = blank;

    public int Steps => Inputs[0].Shape[0];

    public int Classes => Inputs[0].Shape[1];

    public int MostLabels => Inputs[1].Shape.Count - 1;

    /// <summary>For each sample the steps that count, or null where all do.</summary>
    public Value? Lengths => Inputs.Count > 2 ? Inputs[2] : null;

    /// <summary>The slopes of the loss by the scores, or null where no gradient is wanted.</summary>
    public Value? Slopes => Outputs.Count > 1 ? Outputs[1] : null;

    /// <summary>
    /// The words of a sample that the runtime's method works in: a normalizer for each step, five rows of places on the path of
    /// labels and blanks, and the forward variables of all steps, or of two where no slopes are wanted.
    /// </summary>
    public int WorkWords => Steps + (((2 * MostLabels) + 1) * (5 + (Slopes is null ? 2 : Steps)));

    public override string Name => "ctc";

    public override string Details => $"{Steps} steps of {Classes} classes, at most {MostLabels} labels, blank {Blank}";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Output) is not { } outer || !gradients.Wants(Inputs[0]))
        {
            return;
        }

        var (graph, shape) = (gradients.Graph, Inputs[0].Shape);
        var slopes = graph.AddOutput(this, Layer + ".slopes", shape);
        gradients.Add(
            Inputs[0],
            graph.Map(Layer, shape, Scalar.Read(0) * Scalar.Read(1), (outer, shape.Ones), (slopes, shape)),
            Layer);
    }
}

/// <summary>How connectionist temporal classification is added to a graph.</summary>
internal static class CtcBuilder
{
    public static Value Ctc(this Graph.Graph graph, string layer, Value scores, Value labels, Value? lengths, int blank) => graph.Add(
        new Ctc(layer, scores, labels, lengths, blank), (layer, Shape.Scalar, Scope.Sample, Element.Float)).Output;
}
