using ModelGen;

namespace SampleKit;

/// <summary>Adds what came of a training to a page.</summary>
public static class FitCurves
{
    /// <summary>Adds the curves of loss and, where there is one, of accuracy.</summary>
    public static HtmlReport Curves(this HtmlReport report, FitReport fit)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(fit);
        report.Chart(
            "epochs",
            new("training loss", [.. fit.Epochs.Select(epoch => epoch.Loss)]),
            new("validation loss", [.. fit.Epochs.Select(epoch => epoch.ValidationLoss ?? double.NaN)]));
        return fit.Epochs.Any(epoch => epoch.ValidationAccuracy is not null)
            ? report.Chart("epochs", new Curve("validation accuracy", [.. fit.Epochs.Select(epoch => epoch.ValidationAccuracy ?? double.NaN)]))
            : report;
    }
}
