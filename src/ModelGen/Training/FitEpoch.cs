namespace ModelGen;

/// <summary>What came of one epoch.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">The mean loss of the training samples, each as it was before its update.</param>
/// <param name="ValidationLoss">The loss of the validation samples after the epoch; null without any.</param>
/// <param name="ValidationAccuracy">The accuracy of the first loss on them; null without any, or where there is no accuracy.</param>
/// <param name="LearningRate">The learning rate of the last update.</param>
/// <param name="Seconds">How long the epoch took, validation included.</param>
public sealed record FitEpoch(
    int Epoch, double Loss, double? ValidationLoss, double? ValidationAccuracy, double LearningRate, double Seconds);
