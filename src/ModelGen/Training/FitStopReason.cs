namespace ModelGen;

/// <summary>Why a training ended.</summary>
public enum FitStopReason
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>No epoch was better than the best for as many epochs as <see cref="FitOptions.Patience"/> allows.</summary>
    EarlyStopped,

    /// <summary>The cancellation token asked for it.</summary>
    Cancelled,

    /// <summary>A loss or a gradient became infinite or not a number.</summary>
    Diverged,
}
