using ModelGen.CompilerServices;
using ModelGen.Generator.Primitives;

namespace ModelGen.Reference.Interpretation;

/// <summary>The place a scalar expression is evaluated at.</summary>
/// <param name="Inputs">The element of each input of the map that is read there.</param>
/// <param name="Coordinates">The place along each axis of the map.</param>
/// <param name="Extents">The extents of the map.</param>
/// <param name="Sample">The position of the sample in the batch.</param>
/// <param name="RandomKey">The key of the step's random numbers.</param>
internal readonly record struct ScalarPlace(double[] Inputs, int[] Coordinates, IReadOnlyList<int> Extents, int Sample, uint RandomKey);

/// <summary>Evaluates the expression of a <see cref="Map"/> in double precision.</summary>
internal static class ScalarEvaluator
{
    /// <summary>The value of the expression at a place.</summary>
    /// <exception cref="NotSupportedException">The expression has a part the interpreter does not know.</exception>
    public static double Evaluate(Scalar scalar, in ScalarPlace place) => scalar switch
    {
        Scalar.ReadNode read => place.Inputs[read.Input],
        Scalar.ConstantNode constant => constant.Value,
        Scalar.CoordinateNode coordinate => place.Coordinates[coordinate.Axis],
        Scalar.UniformNode uniform => Uniform(uniform, place),
        Scalar.ApplyNode apply => Apply(apply.Function, Evaluate(apply.Operand, place)),
        Scalar.CombineNode combine => Combine(combine.Operator, Evaluate(combine.Left, place), Evaluate(combine.Right, place)),
        Scalar.SelectNode select => Evaluate(select.Condition, place) != 0 ? Evaluate(select.Then, place) : Evaluate(select.Else, place),
        _ => throw new NotSupportedException($"The interpreter knows no scalar {scalar.GetType().Name}."),
    };

    private static double Uniform(Scalar.UniformNode uniform, in ScalarPlace place)
    {
        // The element counts over the leading axes only: the trailing ones share a number.
        var element = 0;
        for (var axis = 0; axis < uniform.Axes; axis++)
        {
            element = (element * place.Extents[axis]) + place.Coordinates[axis];
        }

        return VectorRandom.Uniform(place.RandomKey, uniform.Stream, (uint)place.Sample, element);
    }

    private static double Apply(Function function, double x) => function switch
    {
        Function.Negate => -x,
        Function.Abs => Math.Abs(x),
        Function.Exp => Math.Exp(x),
        Function.Expm1 => SpecialFunctions.Expm1(x),
        Function.Log => Math.Log(x),
        Function.Log1p => SpecialFunctions.Log1p(x),
        Function.Sqrt => Math.Sqrt(x),
        Function.Tanh => Math.Tanh(x),
        Function.Sigmoid => SpecialFunctions.Sigmoid(x),
        Function.Sin => Math.Sin(x),
        Function.Erf => SpecialFunctions.Erf(x),
        Function.Relu => x > 0 ? x : 0,
        Function.Sign => double.IsNaN(x) ? double.NaN : Math.Sign(x),
        _ => throw new NotSupportedException($"The interpreter knows no function {function}."),
    };

    private static double Combine(Operator op, double a, double b) => op switch
    {
        Operator.Add => a + b,
        Operator.Subtract => a - b,
        Operator.Multiply => a * b,
        Operator.Divide => a / b,
        Operator.Max => Math.Max(a, b),
        Operator.Min => Math.Min(a, b),
        Operator.Greater => a > b ? 1 : 0,
        Operator.GreaterOrEqual => a >= b ? 1 : 0,
        Operator.Equal => a == b ? 1 : 0,
        _ => throw new NotSupportedException($"The interpreter knows no operator {op}."),
    };
}
