namespace ForecastingSample;

/// <summary>Forecasts that need no network; each gives [window][day ahead].</summary>
/// <param name="series">The whole series. No forecast looks at its own day or a later one.</param>
/// <param name="horizon">The days ahead that are forecast.</param>
/// <param name="season">The days of a year.</param>
internal sealed class SimpleForecasts(float[] series, int horizon, int season)
{
    private const int NearDays = 7;

    /// <summary>As on the last day that is known.</summary>
    public float[] Naive(IReadOnlyList<int> starts) => Forecast(starts, (start, _) => series[start - 1]);

    /// <summary>As one season before.</summary>
    public float[] SeasonalNaive(IReadOnlyList<int> starts) => Forecast(starts, (_, day) => series[day - season]);

    /// <summary>As usual at that time of the year: the mean of the days around it, a week either way, in the training years.</summary>
    /// <param name="starts">The first days to forecast.</param>
    /// <param name="trainingDays">The days of the training years, from the first.</param>
    public float[] Usual(IReadOnlyList<int> starts, int trainingDays)
    {
        var usual = new float[season];
        for (var dayOfYear = 0; dayOfYear < season; dayOfYear++)
        {
            var (sum, days) = (0.0, 0);
            for (var day = 0; day < trainingDays; day++)
            {
                var apart = Math.Abs((day % season) - dayOfYear);
                if (Math.Min(apart, season - apart) <= NearDays)
                {
                    (sum, days) = (sum + series[day], days + 1);
                }
            }

            usual[dayOfYear] = (float)(sum / days);
        }

        return Forecast(starts, (_, day) => usual[day % season]);
    }

    /// <summary>What came.</summary>
    public float[] Actual(IReadOnlyList<int> starts) => Forecast(starts, (_, day) => series[day]);

    private float[] Forecast(IReadOnlyList<int> starts, Func<int, int, float> forecast) =>
        [.. starts.SelectMany(start => Enumerable.Range(start, horizon).Select(day => forecast(start, day)))];
}
