namespace ModelGen.Tests.Numeric;

/// <summary>How far a number in single precision may be from the oracle's: |found − expected| ≤ absolute + relative·|expected|.</summary>
/// <param name="Relative">The part of the expected number.</param>
/// <param name="Absolute">What is allowed beside it.</param>
/// <param name="OfRootMeanSquare">The part of the root mean square of all numbers of the array that is allowed beside both.</param>
internal readonly record struct Tolerance(double Relative, double Absolute, double OfRootMeanSquare = 0)
{
    /// <summary>The same number, rounded to single precision.</summary>
    public static Tolerance Exact { get; } = new(0, 0);

    /// <summary>Sums of a few numbers, and means.</summary>
    public static Tolerance Sums { get; } = new(1e-6, 1e-7);

    /// <summary>Sigmoid, ELU, GELU and the like.</summary>
    public static Tolerance Elementwise { get; } = new(2e-6, 1e-6);

    /// <summary>Convolutions, dense layers, normalisation, softmax, losses.</summary>
    public static Tolerance Products { get; } = new(1e-5, 1e-6);

    /// <summary>What is normalised sample by sample: the rounding of x grows where all of a sample lies close to its mean.</summary>
    public static Tolerance Normalized { get; } = new(2e-5, 4e-6);

    /// <summary>Convolutions by Winograd's minimal filtering, whose rounding does not shrink with the result.</summary>
    public static Tolerance Winograd { get; } = new(0, 0, 5e-5);

    /// <summary>Gradients of all kinds.</summary>
    public static Tolerance Gradients { get; } = new(1e-4, 1e-5);

    /// <summary>The tolerance for one array of numbers.</summary>
    public Tolerance For(IReadOnlyCollection<double> expected) => OfRootMeanSquare == 0
        ? this
        : new(Relative, Absolute + (OfRootMeanSquare * Math.Sqrt(expected.Sum(number => number * number) / Math.Max(1, expected.Count))));

    /// <summary>Whether a number is near enough; a NaN never is.</summary>
    public bool Allows(double expected, double found) =>
        this == Exact ? found == (float)expected : Math.Abs(found - expected) <= Absolute + (Relative * Math.Abs(expected));
}
