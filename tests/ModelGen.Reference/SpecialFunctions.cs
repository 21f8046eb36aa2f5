namespace ModelGen.Reference;

/// <summary>Functions of one number that .NET's <see cref="Math"/> lacks or computes inexactly, in double precision.</summary>
internal static class SpecialFunctions
{
    /// <summary>exp(x) − 1, exact near zero (W. Kahan's correction of the rounding of exp).</summary>
    public static double Expm1(double x)
    {
        var exponential = Math.Exp(x);
        if (exponential == 1)
        {
            return x;
        }

        var difference = exponential - 1;
        return difference is -1 or double.PositiveInfinity ? difference : difference * x / Math.Log(exponential);
    }

    /// <summary>log(1 + x), exact near zero (W. Kahan's correction of the rounding of 1 + x).</summary>
    public static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>The logistic function 1 / (1 + exp(−x)).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>log(1 + exp(x)), written so that neither end overflows.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    /// <summary>
    /// The Gauss error function 2/√π ∫₀ˣ exp(−t²) dt by its series with positive terms,
    /// 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!! (Abramowitz and Stegun 7.1.6).
    /// </summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) >= 6)
        {
            return Math.Sign(x);
        }

        double term = x, sum = x;
        for (var n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
