namespace ModelGen;

/// <summary>How far forecasts are from what came.</summary>
public static class ForecastError
{
    /// <summary>The mean of the absolute errors, in the unit of the series.</summary>
    /// <param name="actual">What came; at least one value.</param>
    /// <param name="forecast">What was forecast; as many.</param>
    /// <exception cref="ArgumentException">There are no values, or the numbers differ.</exception>
    public static double MeanAbsolute(ReadOnlySpan<float> actual, ReadOnlySpan<float> forecast)
    {
        Check(actual, forecast);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            sum += Math.Abs((double)actual[i] - forecast[i]);
        }

        return sum / actual.Length;
    }

    /// <summary>The root of the mean of the squared errors, in the unit of the series.</summary>
    /// <param name="actual">What came; at least one value.</param>
    /// <param name="forecast">What was forecast; as many.</param>
    /// <exception cref="ArgumentException">There are no values, or the numbers differ.</exception>
    public static double RootMeanSquare(ReadOnlySpan<float> actual, ReadOnlySpan<float> forecast)
    {
        Check(actual, forecast);
        var sum = 0.0;
        for (var i = 0; i < actual.Length; i++)
        {
            var error = (double)actual[i] - forecast[i];
            sum += error * error;
        }

        return Math.Sqrt(sum / actual.Length);
    }

    /// <summary>
    /// MASE: the mean absolute error divided by that of the naive forecast inside the training part, "as one season before".
    /// Below 1 is better than that.
    /// </summary>
    /// <remarks>R. Hyndman and A. Koehler, "Another look at measures of forecast accuracy", 2006.</remarks>
    /// <param name="actual">What came; at least one value.</param>
    /// <param name="forecast">What was forecast; as many.</param>
    /// <param name="training">The training part of the series, in order; longer than a season.</param>
    /// <param name="season">The steps of a season; 1 for the naive forecast "as just before".</param>
    /// <exception cref="ArgumentException">There are no values, the numbers differ, or the training part is too short or never changes.</exception>
    public static double MeanAbsoluteScaled(ReadOnlySpan<float> actual, ReadOnlySpan<float> forecast, ReadOnlySpan<float> training, int season = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(season, 1);
        if (training.Length <= season)
        {
            throw new ArgumentException($"The training part has {training.Length} values; expected more than {season}, a season.", nameof(training));
        }

        var naive = MeanAbsolute(training[season..], training[..^season]);
        return naive > 0
            ? MeanAbsolute(actual, forecast) / naive
            : throw new ArgumentException("The training part is the same in every season; there is nothing to scale with.", nameof(training));
    }

    /// <summary>Checks that there is a forecast for each value, and one at least.</summary>
    internal static void Check(ReadOnlySpan<float> actual, ReadOnlySpan<float> forecast)
    {
        if (actual.IsEmpty || actual.Length != forecast.Length)
        {
            throw new ArgumentException($"There are {forecast.Length} forecasts of {actual.Length} values; expected one for each, at least one.", nameof(forecast));
        }
    }
}
