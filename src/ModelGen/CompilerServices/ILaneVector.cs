namespace ModelGen.CompilerServices;

/// <summary>A vector of some lanes of a block, of the width the processor has: what an algorithm over lanes is written once with.</summary>
/// <typeparam name="TSelf">The vector itself.</typeparam>
internal interface ILaneVector<TSelf>
    where TSelf : struct, ILaneVector<TSelf>
{
    /// <summary>The lanes it holds; divides <see cref="Lanes.Count"/>.</summary>
    static abstract int Count { get; }

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>The same number in all lanes.</summary>
    static abstract TSelf Create(float value);

    /// <summary>The numbers at a place and behind it.</summary>
    static abstract TSelf Load(ref float source);

    /// <summary>The product of two numbers, and a third added to it.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The greater of two numbers; the second where one of them is none.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>In each lane the first number where the condition is above zero, else the second.</summary>
    static abstract TSelf Select(TSelf condition, TSelf first, TSelf second);

    /// <summary>e to the power of each number.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>The natural logarithm of each number.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>Writes the numbers to a place and behind it.</summary>
    void Store(ref float target);
}
