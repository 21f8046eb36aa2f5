using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>
/// Writes the body of a map as vector code. What a body uses more than once becomes a local; a·b + c becomes one fused
/// instruction; a comparison is written where it is selected by, because a mask kept in a variable costs a register.
/// </summary>
internal sealed class VectorExpressions(SourceWriter writer, VectorWidth width, NameScope names)
{
    private string V => width.Type;

    /// <summary>Writes the statements and returns the expression of the result.</summary>
    /// <param name="body">The body of the map.</param>
    /// <param name="read">The vector that holds an input of the map.</param>
    /// <param name="coordinate">The place along an axis, as an integer expression.</param>
    /// <param name="uniform">The vector of random numbers of a stream.</param>
    public string Write(Scalar body, Func<int, string> read, Func<int, string> coordinate, Func<Scalar.UniformNode, string> uniform)
    {
        var repeated = new HashSet<Scalar>(body.Parts()
            .Where(part => part is Scalar.ApplyNode or Scalar.SelectNode or Scalar.UniformNode || (part is Scalar.CombineNode c && !IsComparison(c)))
            .GroupBy(part => part)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key));
        var locals = new Dictionary<Scalar, string>();
        return Text(body);

        string Text(Scalar part)
        {
            if (locals.TryGetValue(part, out var known))
            {
                return known;
            }

            var text = part switch
            {
                Scalar.ReadNode node => read(node.Input),
                Scalar.ConstantNode node => node.Value == 0 ? $"{V}<float>.Zero" : $"{V}.Create<float>({Literal.Of(node.Value)})",
                Scalar.CoordinateNode node => $"{V}.Create<float>((float){coordinate(node.Axis)})",
                Scalar.UniformNode node => uniform(node),
                Scalar.ApplyNode node => Apply(node),
                Scalar.SelectNode node => $"{V}.ConditionalSelect<float>({Condition(node.Condition)}, {Text(node.Then)}, {Text(node.Else)})",
                Scalar.CombineNode node => Combine(node),
                _ => throw new InvalidOperationException($"No vector code for {part}."),
            };
            if (!repeated.Contains(part))
            {
                return text;
            }

            var local = names.Unique("t");
            writer.Line($"var {local} = {text};");
            locals[part] = local;
            return local;
        }

        string Apply(Scalar.ApplyNode node) => node.Function switch
        {
            Function.Negate => $"(-{Text(node.Operand)})",
            Function.Abs => $"{V}.Abs<float>({Text(node.Operand)})",
            Function.Sqrt => $"{V}.Sqrt<float>({Text(node.Operand)})",

            // The second operand is what MaxNative returns for a NaN: in this order one survives to the guard.
            Function.Relu => $"{V}.MaxNative<float>({V}<float>.Zero, {Text(node.Operand)})",
            Function.Sign => Sign(Text(node.Operand)),
            _ => $"VectorMath.{node.Function}({Text(node.Operand)})",
        };

        string Sign(string operand)
        {
            var local = names.Unique("s");
            writer.Line($"var {local} = {operand};");
            return $"{V}.ConditionalSelect<float>({V}.GreaterThan<float>({local}, {V}<float>.Zero), {V}.Create<float>(1f), {V}.ConditionalSelect<float>({V}.LessThan<float>({local}, {V}<float>.Zero), {V}.Create<float>(-1f), {V}<float>.Zero))";
        }

        string Combine(Scalar.CombineNode node) => (node.Operator, node.Left, node.Right) switch
        {
            (Operator.Add, Scalar.CombineNode { Operator: Operator.Multiply } p, var c) when !repeated.Contains(p) => width.MultiplyAdd(Text(p.Left), Text(p.Right), Text(c)),
            (Operator.Add, var c, Scalar.CombineNode { Operator: Operator.Multiply } p) when !repeated.Contains(p) => width.MultiplyAdd(Text(p.Left), Text(p.Right), Text(c)),
            (Operator.Subtract, var c, Scalar.CombineNode { Operator: Operator.Multiply } p) when !repeated.Contains(p) => width.MultiplyAdd($"-{Text(p.Left)}", Text(p.Right), Text(c)),
            (Operator.Add, var a, var b) => $"({Text(a)} + {Text(b)})",
            (Operator.Subtract, var a, var b) => $"({Text(a)} - {Text(b)})",
            (Operator.Multiply, var a, var b) => $"({Text(a)} * {Text(b)})",
            (Operator.Divide, var a, var b) => $"({Text(a)} / {Text(b)})",
            (Operator.Max, var a, var b) => $"{V}.MaxNative<float>({Text(a)}, {Text(b)})",
            (Operator.Min, var a, var b) => $"{V}.MinNative<float>({Text(a)}, {Text(b)})",
            _ => $"{V}.ConditionalSelect<float>({Condition(node)}, {V}.Create<float>(1f), {V}<float>.Zero)",
        };

        string Condition(Scalar condition) => condition switch
        {
            Scalar.CombineNode { Operator: Operator.Greater } c => $"{V}.GreaterThan<float>({Text(c.Left)}, {Text(c.Right)})",
            Scalar.CombineNode { Operator: Operator.GreaterOrEqual } c => $"{V}.GreaterThanOrEqual<float>({Text(c.Left)}, {Text(c.Right)})",
            Scalar.CombineNode { Operator: Operator.Equal } c => $"{V}.Equals<float>({Text(c.Left)}, {Text(c.Right)})",
            _ => $"~{V}.Equals<float>({Text(condition)}, {V}<float>.Zero)",
        };
    }

    private static bool IsComparison(Scalar.CombineNode node) => node.Operator is Operator.Greater or Operator.GreaterOrEqual or Operator.Equal;
}
