namespace ModelGen;

/// <summary>
/// Cuts a series into windows for forecasting: the inputs are <see cref="Length"/> steps, the targets the
/// <see cref="Horizon"/> steps that follow.
/// </summary>
/// <remarks>
/// Time is divided into three stretches one after another: training, validation, test. A window belongs to the stretch that
/// all its targets lie in; one whose targets lie in two is left out. Inputs may reach back into the stretch before, which a
/// forecaster would know by then. The scaling is fitted on the training stretch alone, so nothing of the future leaks into it.
/// </remarks>
public sealed record SeriesWindows
{
    /// <summary>The steps a model sees; positive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public required int Length
    {
        get;
        init => field = Setting.Positive(value);
    }

    /// <summary>The steps it forecasts; positive, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Horizon
    {
        get;
        init => field = Setting.Positive(value);
    } = 1;

    /// <summary>The steps from one window to the next; positive, 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Stride
    {
        get;
        init => field = Setting.Positive(value);
    } = 1;

    /// <summary>The share of the time that is the training stretch; above 0 to 1, 0.7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public double TrainShare
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The share of the training stretch must be above 0 and at most 1.");
    } = 0.7;

    /// <summary>The share of the time that is the validation stretch; 0 to 1, 0.15 by default. The test stretch is the rest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside the range.</exception>
    public double ValidationShare
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The share of the validation stretch must be in 0 … 1.");
    } = 0.15;

    /// <summary>Cuts a series.</summary>
    /// <param name="series">[step][feature], in order of time; finite.</param>
    /// <param name="features">The number of values of a step, at least one.</param>
    /// <param name="targets">The positions of the features to forecast; empty for all.</param>
    /// <exception cref="ArgumentException">
    /// The series is not a whole number of steps, or holds a value that is not finite; or the training stretch is too short for a window; or the
    /// shares are more than 1 together.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such feature, or less than one.</exception>
    public SeriesParts Cut(ReadOnlySpan<float> series, int features = 1, ReadOnlySpan<int> targets = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (series.IsEmpty || series.Length % features != 0)
        {
            throw new ArgumentException($"{series.Length} values are not a whole number of steps of {features} values each, at least one.", nameof(series));
        }

        for (var i = 0; i < series.Length; i++)
        {
            if (!float.IsFinite(series[i]))
            {
                throw new ArgumentException($"Feature {i % features} of step {i / features} is {series[i]}; expected a finite number.", nameof(series));
            }
        }

        if (TrainShare + ValidationShare > 1)
        {
            throw new ArgumentException($"TrainShare {TrainShare} and ValidationShare {ValidationShare} are more than 1 together.");
        }

        var chosen = targets.IsEmpty ? [.. Enumerable.Range(0, features)] : targets.ToArray();
        foreach (var target in chosen)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(targets));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(target, features, nameof(targets));
        }

        var steps = series.Length / features;
        var trainEnd = (int)Math.Floor((TrainShare * steps) + 0.5);
        var validationEnd = (int)Math.Floor(((TrainShare + ValidationShare) * steps) + 0.5);
        if (trainEnd < Length + Horizon)
        {
            throw new ArgumentException(
                $"The training stretch has {trainEnd} of {steps} steps; expected at least {Length + Horizon}, a window of {Length} and {Horizon} to forecast.", nameof(series));
        }

        var scaling = Normalization.Standard(DatasetColumn.FromFloats(series[..(trainEnd * features)].ToArray(), features));
        var scaled = series.ToArray();
        scaling.Apply(scaled);
        return new(
            CutPart(scaled, features, chosen, 0, trainEnd),
            CutPart(scaled, features, chosen, trainEnd, validationEnd),
            CutPart(scaled, features, chosen, validationEnd, steps),
            scaling,
            new([.. chosen.Select(target => scaling.Offsets[target])], [.. chosen.Select(target => scaling.Scales[target])]));
    }

    // The windows whose targets lie between two steps.
    private SeriesPart CutPart(float[] scaled, int features, int[] targets, int start, int end)
    {
        var starts = new List<int>();
        for (var at = Math.Max(start, Length); at + Horizon <= end; at += Stride)
        {
            starts.Add(at);
        }

        if (starts.Count == 0)
        {
            return new(null, []);
        }

        var inputs = new float[checked(starts.Count * Length * features)];
        var outputs = new float[checked(starts.Count * Horizon * targets.Length)];
        var next = 0;
        for (var window = 0; window < starts.Count; window++)
        {
            scaled.AsSpan((starts[window] - Length) * features, Length * features).CopyTo(inputs.AsSpan(window * Length * features));
            for (var step = starts[window]; step < starts[window] + Horizon; step++)
            {
                foreach (var target in targets)
                {
                    outputs[next++] = scaled[(step * features) + target];
                }
            }
        }

        return new(Dataset.ForRegression(inputs, Length * features, outputs, Horizon * targets.Length), starts);
    }
}
