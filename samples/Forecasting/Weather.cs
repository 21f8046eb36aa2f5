using ModelGen;

namespace ForecastingSample;

/// <summary>The weather at Seattle, a row a day, as NOAA measured it: four years without a gap.</summary>
/// <param name="Series">[day][feature]: warmest and coldest temperature (°C), rain (the logarithm of 1 + mm), wind (m/s), sine and cosine of the time of year.</param>
/// <param name="Temperatures">The warmest temperature of each day, °C: what is forecast.</param>
internal sealed record Weather(float[] Series, float[] Temperatures)
{
    /// <summary>The numbers of a day.</summary>
    public const int Features = 6;

    /// <summary>The days of a year, a season of the series.</summary>
    public const int Year = 365;

    private const string File = "seattle-weather.csv.gz";
    private const double DaysOfYear = 365.25;

    /// <summary>The first day.</summary>
    public static DateOnly Start { get; } = new(2012, 1, 1);

    /// <summary>Reads the file that comes with the sample.</summary>
    public static Weather Load()
    {
        using var stream = typeof(Weather).Assembly.GetManifestResourceStream(File)!;
        var table = CsvFile.Read(stream, File, new CsvOptions { Columns = ["temp_max", "temp_min", "precipitation", "wind"] });
        var series = new float[table.Rows * Features];
        var temperatures = new float[table.Rows];
        for (var day = 0; day < table.Rows; day++)
        {
            // The calendar is known beforehand, so that the day's own date is no look into the future.
            var (sine, cosine) = Math.SinCos(2 * Math.PI * day / DaysOfYear);
            float[] features = [table[day, 0], table[day, 1], MathF.Log(1 + table[day, 2]), table[day, 3], (float)sine, (float)cosine];
            features.CopyTo(series, day * Features);
            temperatures[day] = table[day, 0];
        }

        return new(series, temperatures);
    }
}
