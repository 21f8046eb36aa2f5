namespace ModelGen;

/// <summary>How close translations are to references, over a whole set of them; 0 … 100.</summary>
public static class TranslationScore
{
    private const int BleuOrder = 4;
    private const int ChrFOrder = 6;
    private const double Beta = 2;

    /// <summary>
    /// BLEU: the geometric mean of the precisions of runs of 1 … 4 words, times e^(1 − r/h) where the hypotheses, h words, are
    /// shorter than the references, r words. Words are what stands between white space. Zero where an order has no match.
    /// </summary>
    /// <remarks>K. Papineni et al., "BLEU: a method for automatic evaluation of machine translation", 2002; one reference, no smoothing.</remarks>
    /// <param name="references">What the texts should be.</param>
    /// <param name="hypotheses">What they are; as many.</param>
    /// <exception cref="ArgumentException">The numbers of texts differ.</exception>
    public static double Bleu(IReadOnlyList<string> references, IReadOnlyList<string> hypotheses)
    {
        TextPairs.Check(references, hypotheses);
        var matches = new long[BleuOrder];
        var totals = new long[BleuOrder];
        long referenceWords = 0;
        long hypothesisWords = 0;
        for (var i = 0; i < references.Count; i++)
        {
            var reference = Words(references[i]);
            var hypothesis = Words(hypotheses[i]);
            referenceWords += reference.Length;
            hypothesisWords += hypothesis.Length;
            for (var n = 1; n <= BleuOrder; n++)
            {
                matches[n - 1] += TextPairs.CountShared(TextPairs.CountRuns(hypothesis, n), TextPairs.CountRuns(reference, n));
                totals[n - 1] += Math.Max(0, hypothesis.Length - n + 1);
            }
        }

        if (matches.Contains(0))
        {
            return 0;
        }

        var logPrecision = 0.0;
        for (var n = 0; n < BleuOrder; n++)
        {
            logPrecision += Math.Log((double)matches[n] / totals[n]) / BleuOrder;
        }

        var brevity = hypothesisWords < referenceWords ? 1 - ((double)referenceWords / hypothesisWords) : 0;
        return 100 * Math.Exp(logPrecision + brevity);
    }

    /// <summary>
    /// chrF: precision and recall of runs of 1 … 6 characters, white space left out, averaged over the orders; the F-score that
    /// counts recall twice as much. Fairer than BLEU to short texts and to languages that inflect.
    /// </summary>
    /// <remarks>M. Popović, "chrF: character n-gram F-score for automatic MT evaluation", 2015; counted over all texts together.</remarks>
    /// <param name="references">What the texts should be.</param>
    /// <param name="hypotheses">What they are; as many.</param>
    /// <exception cref="ArgumentException">The numbers of texts differ.</exception>
    public static double ChrF(IReadOnlyList<string> references, IReadOnlyList<string> hypotheses)
    {
        TextPairs.Check(references, hypotheses);
        var precision = 0.0;
        var recall = 0.0;
        var orders = 0;
        for (var n = 1; n <= ChrFOrder; n++)
        {
            long matches = 0;
            long inHypotheses = 0;
            long inReferences = 0;
            for (var i = 0; i < references.Count; i++)
            {
                var reference = TextPairs.CountRuns(Characters(references[i]), n);
                var hypothesis = TextPairs.CountRuns(Characters(hypotheses[i]), n);
                matches += TextPairs.CountShared(hypothesis, reference);
                inHypotheses += hypothesis.Values.Sum();
                inReferences += reference.Values.Sum();
            }

            // Texts shorter than the run have none of it.
            if (inHypotheses > 0 && inReferences > 0)
            {
                precision += (double)matches / inHypotheses;
                recall += (double)matches / inReferences;
                orders++;
            }
        }

        if (orders == 0 || precision + recall == 0)
        {
            return 0;
        }

        (precision, recall) = (precision / orders, recall / orders);
        return 100 * (1 + (Beta * Beta)) * precision * recall / ((Beta * Beta * precision) + recall);
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static string[] Characters(string text) =>
        [.. text.EnumerateRunes().Where(rune => !System.Text.Rune.IsWhiteSpace(rune)).Select(rune => rune.ToString())];
}
