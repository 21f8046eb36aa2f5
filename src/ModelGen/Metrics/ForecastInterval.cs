namespace ModelGen;

/// <summary>Intervals around forecasts, of a width that the errors on samples which no training saw tell.</summary>
/// <remarks>
/// Split conformal prediction: where those samples and the new ones come in any order, the interval holds at least the share that was
/// asked for, whatever the forecaster (J. Lei et al., "Distribution-free predictive inference for regression", 2018). A series
/// that changes its ways keeps less than that promise; <see cref="Coverage"/> tells how much.
/// </remarks>
public static class ForecastInterval
{
    /// <summary>Half the width of the interval: of n absolute errors the ⌈(n + 1) · share⌉th smallest.</summary>
    /// <param name="actual">What came; enough values for the share, 9 for nine tenths.</param>
    /// <param name="forecast">What was forecast; as many.</param>
    /// <param name="share">The share of new values that are to lie within the interval; above 0 and below 1.</param>
    /// <returns>The distance from the forecast to both ends, in the unit of the series.</returns>
    /// <exception cref="ArgumentException">There are too few values for the share, or the numbers differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside the range.</exception>
    public static float HalfWidth(ReadOnlySpan<float> actual, ReadOnlySpan<float> forecast, double share)
    {
        ForecastError.Check(actual, forecast);
        if (share is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be above 0 and below 1.");
        }

        // A share such as 0.9 is not exact in binary: nine tenths of ten must be nine, and not a little more.
        var rank = (int)Math.Ceiling(((actual.Length + 1) * share) - 1e-9);
        if (rank > actual.Length)
        {
            throw new ArgumentException(
                $"There are {actual.Length} values; an interval that holds {share} of them needs at least {Math.Ceiling((share / (1 - share)) - 1e-9)}.", nameof(actual));
        }

        var errors = new float[actual.Length];
        for (var i = 0; i < errors.Length; i++)
        {
            errors[i] = Math.Abs(actual[i] - forecast[i]);
        }

        Array.Sort(errors);
        return errors[rank - 1];
    }

    /// <summary>The share of values that lie within an interval, its ends included; 0 … 1.</summary>
    /// <param name="actual">What came; at least one value.</param>
    /// <param name="forecast">What was forecast; as many.</param>
    /// <param name="halfWidth">The distance from the forecast to both ends.</param>
    /// <exception cref="ArgumentException">There are no values, or the numbers differ.</exception>
    public static double Coverage(ReadOnlySpan<float> actual, ReadOnlySpan<float> forecast, float halfWidth)
    {
        ForecastError.Check(actual, forecast);
        var within = 0;
        for (var i = 0; i < actual.Length; i++)
        {
            within += Math.Abs(actual[i] - forecast[i]) <= halfWidth ? 1 : 0;
        }

        return (double)within / actual.Length;
    }
}
