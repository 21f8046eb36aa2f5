namespace CopyTaskSample;

/// <summary>What one network made of the task.</summary>
/// <param name="Name">The kind of its recurrent layer.</param>
/// <param name="Before">Before training, the norm of the gradient of the state after each step.</param>
/// <param name="After">The same after training.</param>
/// <param name="Accuracy">The share of test samples whose symbol it remembers, after every so many updates.</param>
/// <param name="Updates">The updates made.</param>
/// <param name="Seconds">The time they took.</param>
internal sealed record Memory(string Name, float[] Before, float[] After, IReadOnlyList<double> Accuracy, int Updates, double Seconds);
