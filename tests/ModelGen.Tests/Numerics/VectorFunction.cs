using System.Runtime.Intrinsics;
using ModelGen.CompilerServices;
using ModelGen.Reference;

namespace ModelGen.Tests.Numerics;

/// <summary>One function of <see cref="VectorMath"/> in its three widths, its definition in double precision, and what it promises.</summary>
/// <param name="Name">The name of the methods.</param>
/// <param name="Bound">The largest error in units in the last place.</param>
/// <param name="SmallestResult">Results closer to zero may be zero.</param>
/// <param name="Exact">The definition.</param>
/// <param name="Wide">The function of 16 numbers.</param>
/// <param name="Middle">The function of eight numbers.</param>
/// <param name="Narrow">The function of four numbers.</param>
internal sealed record VectorFunction(
    string Name,
    double Bound,
    double SmallestResult,
    Func<double, double> Exact,
    Func<Vector512<float>, Vector512<float>> Wide,
    Func<Vector256<float>, Vector256<float>> Middle,
    Func<Vector128<float>, Vector128<float>> Narrow)
{
    private const double Flushed = 1.7e-38;

    private static readonly VectorFunction[] s_all =
    [
        new("Exp", 2, Flushed, Math.Exp, VectorMath.Exp, VectorMath.Exp, VectorMath.Exp),
        new("Expm1", 2, 0, SpecialFunctions.Expm1, VectorMath.Expm1, VectorMath.Expm1, VectorMath.Expm1),
        new("Log", 1, 0, Math.Log, VectorMath.Log, VectorMath.Log, VectorMath.Log),
        new("Log1p", 2, 0, SpecialFunctions.Log1p, VectorMath.Log1p, VectorMath.Log1p, VectorMath.Log1p),
        new("Sigmoid", 3, Flushed, SpecialFunctions.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath.Sigmoid),
        new("Tanh", 3, 0, Math.Tanh, VectorMath.Tanh, VectorMath.Tanh, VectorMath.Tanh),
        new("Erf", 3.5, 0, SpecialFunctions.Erf, VectorMath.Erf, VectorMath.Erf, VectorMath.Erf),
    ];

    /// <summary>The names of all functions.</summary>
    public static IEnumerable<string> Names => s_all.Select(function => function.Name);

    /// <summary>Finds a function by its name.</summary>
    public static VectorFunction Get(string name) => s_all.Single(function => function.Name == name);

    /// <summary>The function of each number by 512-bit vectors; their count is a multiple of 16.</summary>
    public float[] ApplyWide(float[] numbers)
    {
        var results = new float[numbers.Length];
        for (var i = 0; i < numbers.Length; i += Vector512<float>.Count)
        {
            Wide(Vector512.Create(numbers, i)).CopyTo(results, i);
        }

        return results;
    }

    /// <summary>The function of each number by 256-bit vectors; their count is a multiple of 16.</summary>
    public float[] ApplyMiddle(float[] numbers)
    {
        var results = new float[numbers.Length];
        for (var i = 0; i < numbers.Length; i += Vector256<float>.Count)
        {
            Middle(Vector256.Create(numbers, i)).CopyTo(results, i);
        }

        return results;
    }

    /// <summary>The function of each number by 128-bit vectors; their count is a multiple of 16.</summary>
    public float[] ApplyNarrow(float[] numbers)
    {
        var results = new float[numbers.Length];
        for (var i = 0; i < numbers.Length; i += Vector128<float>.Count)
        {
            Narrow(Vector128.Create(numbers, i)).CopyTo(results, i);
        }

        return results;
    }

    /// <summary>The function of one number.</summary>
    public float Apply(float x) => Narrow(Vector128.Create(x)).ToScalar();
}
