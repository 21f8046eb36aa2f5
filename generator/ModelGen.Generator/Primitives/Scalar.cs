using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Generator.Primitives;

/// <summary>The functions of one number.</summary>
internal enum Function
{
    Negate,
    Abs,
    Exp,

    /// <summary>exp(x) − 1, exact near zero.</summary>
    Expm1,
    Log,

    /// <summary>log(1 + x), exact near zero.</summary>
    Log1p,
    Sqrt,

    /// <summary>Only of values per model: there is no vector form.</summary>
    Sin,

    Tanh,
    Sigmoid,

    /// <summary>The Gauss error function.</summary>
    Erf,

    /// <summary>max(x, 0), whose slope at zero is zero.</summary>
    Relu,

    /// <summary>−1, 0 or 1.</summary>
    Sign,
}

/// <summary>The functions of two numbers; a comparison gives one or zero.</summary>
internal enum Operator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Max,
    Min,
    Greater,
    GreaterOrEqual,
    Equal,
}

/// <summary>
/// A scalar expression, the body of a <see cref="Map"/>: immutable and equal by content. Operators and factory methods
/// simplify as they build (x·0, x·1, x+0, constants), so that symbolic derivatives stay small.
/// </summary>
internal abstract record Scalar
{
    public sealed record ReadNode(int Input) : Scalar;

    public sealed record ConstantNode(double Value) : Scalar;

    public sealed record CoordinateNode(int Axis) : Scalar;

    public sealed record UniformNode(int Stream, int Axes) : Scalar;

    public sealed record ApplyNode(Function Function, Scalar Operand) : Scalar;

    public sealed record CombineNode(Operator Operator, Scalar Left, Scalar Right) : Scalar;

    public sealed record SelectNode(Scalar Condition, Scalar Then, Scalar Else) : Scalar;

    /// <summary>The element of the map's input of that position.</summary>
    public static Scalar Read(int input) => new ReadNode(input);

    public static Scalar Constant(double value) => new ConstantNode(value);

    /// <summary>The place along an axis of the map's shape, as a number.</summary>
    public static Scalar Coordinate(int axis) => new CoordinateNode(axis);

    /// <summary>
    /// A random number of [0, 1): a function of (seed, step, stream, sample, element), the element counted over the first
    /// <paramref name="axes"/> axes of the map's shape only; the same wherever it is evaluated.
    /// </summary>
    public static Scalar Uniform(int stream, int axes) => new UniformNode(stream, axes);

    public static Scalar operator +(Scalar a, Scalar b) => (a, b) switch
    {
        (ConstantNode x, ConstantNode y) => Constant(x.Value + y.Value),
        (ConstantNode { Value: 0 }, _) => b,
        (_, ConstantNode { Value: 0 }) => a,
        (_, ApplyNode { Function: Function.Negate } n) => a - n.Operand,
        _ => new CombineNode(Operator.Add, a, b),
    };

    public static Scalar operator -(Scalar a, Scalar b) => (a, b) switch
    {
        (ConstantNode x, ConstantNode y) => Constant(x.Value - y.Value),
        (ConstantNode { Value: 0 }, _) => -b,
        (_, ConstantNode { Value: 0 }) => a,
        (_, ApplyNode { Function: Function.Negate } n) => a + n.Operand,
        _ => new CombineNode(Operator.Subtract, a, b),
    };

    public static Scalar operator *(Scalar a, Scalar b) => (a, b) switch
    {
        (ConstantNode x, ConstantNode y) => Constant(x.Value * y.Value),
        (ConstantNode { Value: 0 }, _) or (_, ConstantNode { Value: 0 }) => Constant(0),
        (ConstantNode { Value: 1 }, _) => b,
        (_, ConstantNode { Value: 1 }) => a,
        (ConstantNode { Value: -1 }, _) => -b,
        (_, ConstantNode { Value: -1 }) => -a,
        (SelectNode s, _) when s.Then is ConstantNode { Value: 1 } && s.Else is ConstantNode { Value: 0 } => Select(s.Condition, b, s.Else),
        (_, SelectNode s) when s.Then is ConstantNode { Value: 1 } && s.Else is ConstantNode { Value: 0 } => Select(s.Condition, a, s.Else),
        _ => new CombineNode(Operator.Multiply, a, b),
    };

    public static Scalar operator /(Scalar a, Scalar b) => (a, b) switch
    {
        (ConstantNode { Value: 0 }, _) => a,
        (_, ConstantNode c) => a * Constant(1 / c.Value),
        _ => new CombineNode(Operator.Divide, a, b),
    };

    public static Scalar operator -(Scalar a) => a switch
    {
        ConstantNode c => Constant(-c.Value),
        ApplyNode { Function: Function.Negate } n => n.Operand,
        _ => new ApplyNode(Function.Negate, a),
    };

    public static implicit operator Scalar(double value) => Constant(value);

    public static Scalar Max(Scalar a, Scalar b) => new CombineNode(Operator.Max, a, b);

    public static Scalar Min(Scalar a, Scalar b) => new CombineNode(Operator.Min, a, b);

    /// <summary>One where a &gt; b, else zero.</summary>
    public static Scalar Greater(Scalar a, Scalar b) => new CombineNode(Operator.Greater, a, b);

    /// <summary>One where a ≥ b, else zero.</summary>
    public static Scalar GreaterOrEqual(Scalar a, Scalar b) => new CombineNode(Operator.GreaterOrEqual, a, b);

    /// <summary>One where a = b, else zero.</summary>
    public static Scalar Equal(Scalar a, Scalar b) => new CombineNode(Operator.Equal, a, b);

    /// <summary><paramref name="then"/> where the condition, a comparison, holds; else <paramref name="otherwise"/>.</summary>
    public static Scalar Select(Scalar condition, Scalar then, Scalar otherwise) =>
        then.Equals(otherwise) ? then : new SelectNode(condition, then, otherwise);

    public static Scalar Apply(Function function, Scalar operand) => new ApplyNode(function, operand);

    public static Scalar Abs(Scalar x) => Apply(Function.Abs, x);

    public static Scalar Exp(Scalar x) => Apply(Function.Exp, x);

    public static Scalar Expm1(Scalar x) => Apply(Function.Expm1, x);

    public static Scalar Log(Scalar x) => Apply(Function.Log, x);

    public static Scalar Log1p(Scalar x) => Apply(Function.Log1p, x);

    public static Scalar Sqrt(Scalar x) => Apply(Function.Sqrt, x);

    public static Scalar Sin(Scalar x) => Apply(Function.Sin, x);

    public static Scalar Tanh(Scalar x) => Apply(Function.Tanh, x);

    public static Scalar Sigmoid(Scalar x) => Apply(Function.Sigmoid, x);

    public static Scalar Erf(Scalar x) => Apply(Function.Erf, x);

    public static Scalar Relu(Scalar x) => Apply(Function.Relu, x);

    public static Scalar Sign(Scalar x) => Apply(Function.Sign, x);

    /// <summary>The derivative with respect to input <paramref name="input"/> of the map.</summary>
    public Scalar Derivative(int input) => this switch
    {
        ReadNode read => Constant(read.Input == input ? 1 : 0),
        ConstantNode or CoordinateNode or UniformNode => Constant(0),
        ApplyNode apply => apply.Operand.Derivative(input) is var inner && inner is ConstantNode { Value: 0 } ? inner : apply.Slope() * inner,
        SelectNode select => Select(select.Condition, select.Then.Derivative(input), select.Else.Derivative(input)),
        CombineNode c => CombineDerivative(c, input),
        _ => throw new InvalidOperationException($"No derivative for {this}."),
    };

    private static Scalar CombineDerivative(CombineNode c, int input)
    {
        var (a, b) = (c.Left, c.Right);
        var (da, db) = (a.Derivative(input), b.Derivative(input));
        return c.Operator switch
        {
            Operator.Add => da + db,
            Operator.Subtract => da - db,
            Operator.Multiply => (da * b) + (a * db),
            Operator.Divide => (da / b) - (db * (c / b)),
            Operator.Max => Select(GreaterOrEqual(a, b), da, db),
            Operator.Min => Select(GreaterOrEqual(b, a), da, db),
            _ => Constant(0),
        };
    }

    /// <summary>The same expression with the inputs of the map renumbered or replaced.</summary>
    public Scalar Substitute(Func<int, Scalar> inputs) => Rewrite(node => node is ReadNode read ? inputs(read.Input) : null);

    /// <summary>The expression with every part for which <paramref name="replace"/> gives another replaced by it, outermost first.</summary>
    public Scalar Rewrite(Func<Scalar, Scalar?> replace) => replace(this) ?? this switch
    {
        ApplyNode { Function: Function.Negate } n => -n.Operand.Rewrite(replace),
        ApplyNode apply => Apply(apply.Function, apply.Operand.Rewrite(replace)),
        SelectNode select => Select(select.Condition.Rewrite(replace), select.Then.Rewrite(replace), select.Else.Rewrite(replace)),
        CombineNode { Operator: Operator.Add } c => c.Left.Rewrite(replace) + c.Right.Rewrite(replace),
        CombineNode { Operator: Operator.Subtract } c => c.Left.Rewrite(replace) - c.Right.Rewrite(replace),
        CombineNode { Operator: Operator.Multiply } c => c.Left.Rewrite(replace) * c.Right.Rewrite(replace),
        CombineNode { Operator: Operator.Divide } c => c.Left.Rewrite(replace) / c.Right.Rewrite(replace),
        CombineNode c => new CombineNode(c.Operator, c.Left.Rewrite(replace), c.Right.Rewrite(replace)),
        _ => this,
    };

    /// <summary>The parts of the expression, itself first.</summary>
    public IEnumerable<Scalar> Parts() => new[] { this }.Concat(this switch
    {
        ApplyNode apply => apply.Operand.Parts(),
        CombineNode c => c.Left.Parts().Concat(c.Right.Parts()),
        SelectNode select => select.Condition.Parts().Concat(select.Then.Parts()).Concat(select.Else.Parts()),
        _ => [],
    });

    /// <summary>Whether it takes no more than sums and products, so that computing it again costs less than keeping it in memory.</summary>
    public bool IsCheap => Parts().All(part => part is ReadNode or ConstantNode
        or ApplyNode { Function: Function.Negate } or CombineNode { Operator: Operator.Add or Operator.Subtract or Operator.Multiply });

    /// <summary>The positions of the inputs it reads.</summary>
    public IEnumerable<int> Reads() => Parts().OfType<ReadNode>().Select(read => read.Input).Distinct();

    public sealed override string ToString() => Print(input => ((char)('a' + input)).ToString());

    /// <summary>The expression with the map's inputs under the given names.</summary>
    public string Print(Func<int, string> inputs) => this switch
    {
        ReadNode read => inputs(read.Input),
        ConstantNode constant => constant.Value.ToString("R", CultureInfo.InvariantCulture),
        CoordinateNode coordinate => $"axis{coordinate.Axis}",
        UniformNode uniform => $"uniform({uniform.Stream})",
        ApplyNode { Function: Function.Negate } apply => $"-{apply.Operand.PrintPart(inputs)}",
        ApplyNode apply => $"{apply.Function.ToString().ToLowerInvariant()}({apply.Operand.Print(inputs)})",
        SelectNode select => $"{select.Condition.Print(inputs)} ? {select.Then.PrintPart(inputs)} : {select.Else.PrintPart(inputs)}",
        CombineNode { Operator: Operator.Max or Operator.Min } c => $"{c.Operator.ToString().ToLowerInvariant()}({c.Left.Print(inputs)}, {c.Right.Print(inputs)})",
        CombineNode c => $"{c.Left.PrintPart(inputs)} {Symbol(c.Operator)} {c.Right.PrintPart(inputs)}",
        _ => base.ToString()!,
    };

    private string PrintPart(Func<int, string> inputs) =>
        this is SelectNode or CombineNode { Operator: not (Operator.Max or Operator.Min) } ? $"({Print(inputs)})" : Print(inputs);

    private static string Symbol(Operator op) => op switch
    {
        Operator.Add => "+",
        Operator.Subtract => "-",
        Operator.Multiply => "*",
        Operator.Divide => "/",
        Operator.Greater => ">",
        Operator.GreaterOrEqual => ">=",
        Operator.Equal => "==",
        _ => op.ToString(),
    };
}

/// <summary>The slopes of the functions of one number.</summary>
internal static class FunctionSlopes
{
    /// <summary>2/√π, the slope of erf at zero.</summary>
    private static readonly double TwoOverRootPi = 2 / Math.Sqrt(Math.PI);

    /// <summary>
    /// The derivative of the function at its operand, written in terms of the function's own value where that is possible,
    /// so that the backward pass can read the saved output and needs no input.
    /// </summary>
    public static Scalar Slope(this Scalar.ApplyNode node)
    {
        var x = node.Operand;
        return node.Function switch
        {
            Function.Negate => -1,
            Function.Abs => Scalar.Sign(x),
            Function.Exp => node,
            Function.Expm1 => node + 1,
            Function.Log => Scalar.Constant(1) / x,
            Function.Log1p => Scalar.Constant(1) / (x + 1),
            Function.Sqrt => Scalar.Constant(0.5) / node,
            Function.Sin => Scalar.Sin(x + (Math.PI / 2)),
            Function.Tanh => Scalar.Constant(1) - (node * node),
            Function.Sigmoid => node * (Scalar.Constant(1) - node),
            Function.Erf => Scalar.Exp(-(x * x)) * TwoOverRootPi,
            Function.Relu => Scalar.Select(Scalar.Greater(node, 0), 1, 0),
            Function.Sign => 0,
            _ => throw new InvalidOperationException($"No slope for {node.Function}."),
        };
    }
}
