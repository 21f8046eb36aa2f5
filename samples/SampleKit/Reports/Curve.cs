namespace SampleKit;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Values">Its values at 1, 2, 3, …</param>
public sealed record Curve(string Name, IReadOnlyList<double> Values);
