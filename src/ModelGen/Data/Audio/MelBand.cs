namespace ModelGen;

/// <summary>A triangle over frequencies, of area one in hertz.</summary>
/// <param name="First">The first frequency of the transform with a weight above zero.</param>
/// <param name="Weights">The weights from there on.</param>
internal sealed record MelBand(int First, float[] Weights)
{
    /// <summary>The triangle between three frequencies in hertz, or null if no frequency of the transform lies inside.</summary>
    public static MelBand? Create(double low, double center, double high, double binWidth, int bins)
    {
        var weights = new List<float>();
        var first = -1;
        for (var bin = 0; bin < bins; bin++)
        {
            var hertz = bin * binWidth;
            var height = Math.Min((hertz - low) / (center - low), (high - hertz) / (high - center));
            if (height > 0)
            {
                first = first < 0 ? bin : first;
                weights.Add((float)(height * 2 / (high - low)));
            }
        }

        return first < 0 ? null : new(first, [.. weights]);
    }

    /// <summary>The weighted sum of energies.</summary>
    public float Energy(ReadOnlySpan<float> energies)
    {
        var sum = 0f;
        var covered = energies.Slice(First, Weights.Length);
        for (var i = 0; i < covered.Length; i++)
        {
            sum += Weights[i] * covered[i];
        }

        return sum;
    }
}
