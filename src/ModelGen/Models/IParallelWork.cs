namespace ModelGen;

/// <summary>Work in independent pieces, for <see cref="Workers"/>.</summary>
internal interface IParallelWork
{
    /// <summary>Does one piece.</summary>
    /// <param name="index">The piece.</param>
    /// <param name="worker">Who does it: no two pieces at the same time have the same worker.</param>
    void Run(int index, int worker);
}
