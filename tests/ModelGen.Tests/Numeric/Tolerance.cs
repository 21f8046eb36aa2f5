namespace ModelGen.Tests.Numeric;

/// <summary>How far a number in single precision may be from the oracle's: |found − expected| ≤ absolute + relative·|expected|.</summary>
internal readonly record struct Tolerance(double Relative, double Absolute)
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

    /// <summary>Gradients of all kinds.</summary>
    public static Tolerance Gradients { get; } = new(1e-4, 1e-5);

    /// <summary>Whether a number is near enough; a NaN never is.</summary>
    public bool Allows(double expected, double found) =>
        this == Exact ? found == (float)expected : Math.Abs(found - expected) <= Absolute + (Relative * Math.Abs(expected));
}
