using ModelGen.Generator.Primitives;
using ModelGen.Reference.Oracles;
using ModelGen.Reference.Oracles.Losses;

namespace ModelGen.Reference.Interpretation;

/// <summary>Runs connectionist temporal classification by the oracle's formulas: the loss of each sample, and its slopes where they are wanted.</summary>
internal static class CtcInterpreter
{
    public static double[][][] Run(Ctc ctc, GraphValues values)
    {
        var (losses, slopes) = (new double[values.Samples][], new double[values.Samples][]);
        for (var sample = 0; sample < values.Samples; sample++)
        {
            var labels = values.Row(ctc.Inputs[1], sample);
            var transcript = labels[1..(1 + (int)labels[0])];
            var steps = ctc.Lengths is { } lengths ? (int)values.Row(lengths, sample)[0] : ctc.Steps;
            var scores = values.Row(ctc.Inputs[0], sample)[..(steps * ctc.Classes)];
            var oracle = new CtcOracle(new OracleType([steps, ctc.Classes], [OracleRole.Time, OracleRole.Feature]), weight: 1, ctc.Blank, ctc.MostLabels);
            losses[sample] = [oracle.SampleValue(scores, transcript)];
            slopes[sample] = [.. oracle.SampleGradient(scores, transcript), .. new double[(ctc.Steps - steps) * ctc.Classes]];
        }

        return ctc.Slopes is null ? [losses] : [losses, slopes];
    }
}
