namespace ModelGen;

/// <summary>A copy of the parameters of the best epoch.</summary>
internal sealed class BestParameters(FitMonitor monitor)
{
    /// <summary>The parameters, laid out as their arena; null before there are any.</summary>
    public float[]? Values { get; set; }

    /// <summary>Whether an epoch is better than another; one without a finite number never is.</summary>
    public bool IsBetter(FitEpoch epoch, FitEpoch? than)
    {
        var value = Score(epoch);
        return double.IsFinite(value) && (than is null || !double.IsFinite(Score(than)) || value > Score(than));
    }

    /// <summary>Copies the present parameters.</summary>
    public void Keep(ParameterSet parameters)
    {
        Values ??= new float[parameters.Words.Length];
        parameters.Words.CopyTo(Values);
    }

    /// <summary>Makes the copy the present parameters, if there is one.</summary>
    /// <returns>Whether there was.</returns>
    public bool Restore(ParameterSet parameters)
    {
        Values?.CopyTo(parameters.Words);
        return Values is not null;
    }

    /// <summary>The number of which more is better.</summary>
    private double Score(FitEpoch epoch) => monitor switch
    {
        FitMonitor.Accuracy => epoch.ValidationAccuracy ?? double.NaN,
        _ => -(epoch.ValidationLoss ?? epoch.Loss),
    };
}
