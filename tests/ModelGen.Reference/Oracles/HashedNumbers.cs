using ModelGen.Reference.Oracles.Losses;

namespace ModelGen.Reference.Oracles;

/// <summary>
/// Inputs, labels and parameters for tests: numbers that are a hash of where they stand, so that they need not be stored. The
/// same as in <c>Goldens/layers.py</c>, and all exact in single precision.
/// </summary>
internal static class HashedNumbers
{
    private const ulong InputStream = 1;
    private const ulong ParameterStream = 100;
    private const ulong LabelStream = 300;
    private const ulong IgnoredStream = 400;
    private const ulong LengthStream = 600;

    /// <summary>The number of [−1, 1) at a place of a stream: SplitMix64 of both, its upper 24 bits.</summary>
    public static double Uniform(ulong stream, int index)
    {
        unchecked
        {
            var z = ((stream << 32) + (ulong)index + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 40) / 8388608.0 - 1;
        }
    }

    /// <summary>A batch for every input, numbers in [−2, 2) or token ids; every step of a test may have its own.</summary>
    public static double[][][] Inputs(Oracle oracle, int samples, int step = 0) =>
        [.. oracle.Inputs.Select((type, input) => Batch(
            samples,
            type.Count,
            InputStream + (ulong)step + (10 * (ulong)input),
            u => type.Vocabulary > 0 ? Math.Floor((u + 1) / 2 * type.Vocabulary) : 2 * u))];

    /// <summary>A length for each sample, from one to the length of the input, for every input that has lengths.</summary>
    public static int[]?[] Lengths(Oracle oracle, int samples) =>
        [.. oracle.Inputs.Select((type, input) => type.Lengths < 0
            ? null
            : Enumerable.Range(0, samples).Select(sample => 1 + (int)((Uniform(LengthStream + (ulong)input, sample) + 1) / 2 * type.Extents[0])).ToArray())];

    /// <summary>Labels for every loss: classes, targets or transcripts that fit; some of the classes are ignored ones if asked for.</summary>
    public static double[][][] Labels(Oracle oracle, int samples, bool someIgnored = false, int[]?[]? lengths = null) =>
        [.. oracle.Losses.Select((loss, index) =>
        {
            var stream = LabelStream + (10 * (ulong)index);
            if (loss is CtcOracle transcripts)
            {
                return Transcripts(transcripts, samples, stream, loss.Input.Lengths < 0 ? null : lengths?[loss.Input.Lengths]);
            }

            if (loss is DetectionOracle detector)
            {
                return Boxes(detector, samples, stream);
            }

            var labels = Batch(samples, Places.Count(loss.LabelExtents), stream, loss.Classes > 0
                ? u => Math.Floor((u + 1) / 2 * loss.Classes)
                : u => loss.TargetsAreProbabilities ? Single((u + 1) / 2) : u);
            return someIgnored && loss.IgnoredLabel is { } label
                ? [.. labels.Select((row, sample) => row.Select((own, i) => Uniform(IgnoredStream, (sample * row.Length) + i) < -0.3 ? label : own).ToArray())]
                : labels;
        })];

    /// <summary>Transcripts of at most half as many labels as there are steps, which always fit.</summary>
    private static double[][] Transcripts(CtcOracle loss, int samples, ulong stream, int[]? lengths)
    {
        var most = loss.LabelExtents[0];
        return [.. Enumerable.Range(0, samples).Select(sample =>
        {
            var steps = lengths?[sample] ?? loss.Input.Extents[0];
            var count = (int)((Uniform(stream + 5, sample) + 1) / 2 * (Math.Min(most, steps / 2) + 1));
            return Enumerable.Range(0, count).Select(i => Math.Floor((Uniform(stream, (sample * most) + i) + 1) / 2 * (loss.Classes - 1)))
                .Select(label => label >= loss.Blank ? label + 1 : label).ToArray();
        })];
    }

    /// <summary>No box to four of them, so that some cells and anchors are asked for two.</summary>
    private static double[][] Boxes(DetectionOracle loss, int samples, ulong stream) =>
        [.. Enumerable.Range(0, samples).Select(sample =>
        {
            var count = (int)((Uniform(stream + 5, sample) + 1) / 2 * 5);
            return Enumerable.Range(0, 5 * count).Select(i => ((Uniform(stream, (sample * 20) + i) + 1) / 2) is var u && i % 5 == 0
                ? Math.Floor(u * loss.Kinds)
                : Single(i % 5 < 3 ? u : 0.05 + (0.6 * u))).ToArray();
        })];

    /// <summary>Values for every parameter and statistic: about as large as a trained network's.</summary>
    public static Dictionary<string, double[]> Parameters(Oracle oracle) =>
        oracle.Parameters.Select((parameter, index) => (parameter, index)).ToDictionary(
            item => item.parameter.Name,
            item => Enumerable.Range(0, item.parameter.Count).Select(i => Single(Scaled(item.parameter, Uniform(ParameterStream + (ulong)item.index, i)))).ToArray());

    private static double[][] Batch(int samples, int elements, ulong stream, Func<double, double> transform) =>
        [.. Enumerable.Range(0, samples).Select(sample => Enumerable.Range(0, elements).Select(i => transform(Uniform(stream, (sample * elements) + i))).ToArray())];

    /// <summary>Variances and the weights of normalisations lie around one, other weights shrink with what they sum over.</summary>
    private static double Scaled(OracleParameter parameter, double uniform)
    {
        if (parameter.Name.EndsWith(".running_var", StringComparison.Ordinal)
            || (parameter.Name.EndsWith(".weight", StringComparison.Ordinal) && parameter.Name.Contains("norm", StringComparison.Ordinal)))
        {
            return 1 + (0.5 * uniform);
        }

        return parameter.Extents.Length > 1
            ? uniform * (1.5 / Math.Sqrt(parameter.Count / parameter.Extents[0]))
            : 0.5 * uniform;
    }

    private static double Single(double number) => (float)number;
}
