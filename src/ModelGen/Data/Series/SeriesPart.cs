namespace ModelGen;

/// <summary>Windows of a series whose targets lie in one stretch of its time.</summary>
/// <param name="Data">
/// For each window the scaled inputs, [step][feature], and the scaled targets, [step][target feature]; null where there is no window.
/// </param>
/// <param name="TargetStarts">For each window the step of the series at which its targets begin; the inputs end just before.</param>
public sealed record SeriesPart(Dataset? Data, IReadOnlyList<int> TargetStarts);
