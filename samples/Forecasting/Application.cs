using System.Globalization;
using ModelGen;
using SampleKit;
using Spectre.Console;

namespace ForecastingSample;

/// <summary>Trains on the first years, sets the network against simpler forecasts in the last, and draws both.</summary>
internal static class Application
{
    private const int Batch = 32;
    private const int Horizon = TemperatureModel.Horizon;
    private const string Legend =
        "MAE, RMSE and the first and last day ahead in °C. MASE: the error over that of the naive forecast within the training part, as a year before; MASE 1: as the day before.";

    private const int CloseWeeks = 12;

    // The share of days that are to lie within the interval.
    private const double Share = 0.8;

    /// <summary>Trains and reports.</summary>
    public static int Run(SampleSettings settings, CancellationToken cancellation)
    {
        // The last of four years is the test; half a year before it chooses the epoch and measures the interval.
        var weather = Weather.Load();
        var windows = new SeriesWindows { Length = TemperatureModel.Length, Horizon = Horizon, TrainShare = 0.625, ValidationShare = 0.125 };
        var parts = windows.Cut(weather.Series, Weather.Features, targets: [0]);
        var (train, validation, test) = (parts.Train.Data!, parts.Validation.Data!, parts.Test.Data!);
        var training = weather.Temperatures.AsSpan(0, parts.Train.TargetStarts[^1] + Horizon).ToArray();
        Console.WriteLine(TemperatureModel.Summary);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nThe warmest temperature of the next {Horizon} days at Seattle, by the weather of the last {TemperatureModel.Length}.\n{train.Count:N0} windows to learn from, to {Date(training.Length - 1)}; {validation.Count:N0} to choose by; {test.Count:N0} to test with, from {Date(parts.Test.TargetStarts[0])}.\n"));

        var net = new TemperatureModel(settings.Seed);
        var options = settings.Fitting(quick: 20, real: 30, Batch, new AdamW(0.003f) { WeightDecay = 1, ClipNorm = 1, Schedule = new OneCycleSchedule() });
        var fit = net.Fit(train, validation, options, new EpochLines(), cancellation);
        net.Save(settings["forecast.safetensors"]);

        var simple = new SimpleForecasts(weather.Temperatures, Horizon, Weather.Year);
        var starts = parts.Test.TargetStarts;
        var actual = simple.Actual(starts);
        var forecast = Predict(net, test, parts.TargetScaling);
        (string Name, float[] Values)[] forecasts =
        [
            ("naive: the last day", simple.Naive(starts)),
            ("seasonal naive: a year before", simple.SeasonalNaive(starts)),
            ("usual: the fortnight's mean", simple.Usual(starts, training.Length)),
            ("GRU", forecast),
        ];

        // An interval for each day ahead, from the errors in the half year before the test.
        var checkedOn = simple.Actual(parts.Validation.TargetStarts);
        var checkedBy = Predict(net, validation, parts.TargetScaling);
        var halfWidths = Days().Select(ahead => ForecastInterval.HalfWidth(Ahead(checkedOn, ahead), Ahead(checkedBy, ahead), Share)).ToArray();
        var coverage = Days().Average(ahead => ForecastInterval.Coverage(Ahead(actual, ahead), Ahead(forecast, ahead), halfWidths[ahead]));

        var rows = Rows();
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in rows[0])
        {
            table.AddColumn(new TableColumn(title).NoWrap());
        }

        foreach (var row in rows[1..])
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        Console.WriteLine();
        AnsiConsole.Write(table);
        Console.WriteLine($"{Legend}\n");
        Report();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The interval for {100 * Share:F0} % holds {100 * coverage:F1} % of the test days. Trained for {fit.Seconds:F1} s.\nTest MASE {Scaled(forecast, Weather.Year):F3} against the seasonal-naive forecast (below 1 is better).\nSee {settings["report.html"]}."));
        return fit.Divergence is null ? 0 : 1;

        double Scaled(float[] values, int season) => ForecastError.MeanAbsoluteScaled(actual, values, training, season);

        List<string[]> Rows()
        {
            var all = new List<string[]> { new[] { "forecast", "MAE", "RMSE", "MASE", "MASE 1", "day 1", $"day {Horizon}" } };
            foreach (var (name, values) in forecasts)
            {
                double[] numbers =
                [
                    ForecastError.MeanAbsolute(actual, values),
                    ForecastError.RootMeanSquare(actual, values),
                    Scaled(values, Weather.Year),
                    Scaled(values, 1),
                    ForecastError.MeanAbsolute(Ahead(actual, 0), Ahead(values, 0)),
                    ForecastError.MeanAbsolute(Ahead(actual, Horizon - 1), Ahead(values, Horizon - 1)),
                ];
                all.Add([name, .. numbers.Select(number => number.ToString("F2", CultureInfo.InvariantCulture))]);
            }

            return all;
        }

        void Report()
        {
            // Forecasts that follow each other, each made on the evening before its first day.
            var weeks = Enumerable.Range(0, starts.Count / Horizon).Select(week => week * Horizon).ToArray();
            new HtmlReport("How warm will it be?")
                .Paragraph(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The warmest temperature at Seattle, {Horizon} days ahead, on {starts.Count} windows from {Date(starts[0])}."))
                .Table(rows).Paragraph(Legend)
                .Paragraph(string.Create(CultureInfo.InvariantCulture, $"The interval is meant to hold {100 * Share:F0} % of the days, and holds {100 * coverage:F1} % in the test."))
                .Heading($"The first {CloseWeeks} weeks of the test").Paragraph("A new forecast begins every seven days, and knows nothing after that.").BandChart("days", Interval(weeks[..CloseWeeks]), Lines(weeks[..CloseWeeks]))
                .Heading("The whole test").BandChart("days", Interval(weeks), Lines(weeks))
                .Heading("Mean absolute error by days ahead").Chart("days ahead", [.. forecasts.Select(Errors)])
                .Heading("Training").Curves(fit)
                .Heading("The network").Preformatted(TemperatureModel.Summary.ToString())
                .Save(settings["report.html"]);
        }

        Curve[] Lines(int[] weeks) => [new("forecast, °C", Join(weeks, forecast)), new("actual, °C", Join(weeks, actual))];

        Band Interval(int[] weeks)
        {
            var middle = Join(weeks, forecast);
            return new(
                string.Create(CultureInfo.InvariantCulture, $"{100 * Share:F0} % interval"),
                [.. middle.Select((value, day) => value - halfWidths[day % Horizon])],
                [.. middle.Select((value, day) => value + halfWidths[day % Horizon])]);
        }

        Curve Errors((string Name, float[] Values) by) =>
            new(by.Name.Split(':')[0], [.. Days().Select(ahead => ForecastError.MeanAbsolute(Ahead(actual, ahead), Ahead(by.Values, ahead)))]);
    }

    private static IEnumerable<int> Days() => Enumerable.Range(0, Horizon);

    // The forecasts of a network in °C, [window][day ahead].
    private static float[] Predict(TemperatureModel net, Dataset windows, Normalization scaling)
    {
        var values = new float[windows.Count * Horizon];
        net.CreatePredictor().Predict(windows.Inputs[0].Floats, values);
        scaling.Invert(values);
        return values;
    }

    // What lies so many days ahead, of each window.
    private static float[] Ahead(float[] values, int day) => [.. values.Chunk(Horizon).Select(window => window[day])];

    private static double[] Join(int[] windows, float[] values) =>
        [.. windows.SelectMany(window => values.AsSpan(window * Horizon, Horizon).ToArray()).Select(value => (double)value)];

    private static string Date(int day) => Weather.Start.AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
