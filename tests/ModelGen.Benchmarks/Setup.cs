namespace ModelGen.Benchmarks;

/// <summary>How a workload is to be made.</summary>
/// <param name="Name">The name, as the peers' programs have it.</param>
/// <param name="Batch">The samples of a step.</param>
/// <param name="Threads">The threads a step and a prediction may use.</param>
internal readonly record struct Setup(string Name, int Batch, int Threads);
