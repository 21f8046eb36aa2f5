namespace ModelGen;

/// <summary>What decides which epoch of a training is the best.</summary>
public enum FitMonitor
{
    /// <summary>The lowest loss of the validation samples; without any, of the training samples.</summary>
    Loss,

    /// <summary>The highest accuracy of the validation samples, in the first loss.</summary>
    Accuracy,
}
