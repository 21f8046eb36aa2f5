namespace SampleKit;

/// <summary>An area of a chart between two lines.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Low">Its lower edge at 1, 2, 3, …</param>
/// <param name="High">Its upper edge at the same places.</param>
public sealed record Band(string Name, IReadOnlyList<double> Low, IReadOnlyList<double> High);
