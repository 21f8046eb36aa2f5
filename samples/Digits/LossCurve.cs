namespace DigitsSample;

/// <summary>How one optimizer did.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Batch">The digits of an update.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Losses">The mean training loss of each epoch.</param>
/// <param name="Updates">How often it changed the parameters.</param>
/// <param name="TestAccuracy">The share of test digits that the trained network reads rightly.</param>
/// <param name="Time">How long training took.</param>
internal sealed record LossCurve(string Name, int Batch, float LearningRate, float[] Losses, long Updates, double TestAccuracy, TimeSpan Time);
