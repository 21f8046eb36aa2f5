using System;
using System.Linq;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit;

/// <summary>Writes the body of a map as scalar C#, for values that exist once per model.</summary>
internal static class ScalarExpressions
{
    public static string Text(Scalar part, Func<int, string> read, Func<int, string> coordinate)
    {
        return Write(part);

        string Write(Scalar node) => node switch
        {
            Scalar.ReadNode r => read(r.Input),
            Scalar.ConstantNode c => Literal.Of(c.Value),
            Scalar.CoordinateNode c => $"(float){coordinate(c.Axis)}",
            Scalar.ApplyNode { Function: Function.Negate } a => $"(-{Write(a.Operand)})",
            Scalar.ApplyNode { Function: Function.Abs or Function.Sqrt or Function.Exp or Function.Log or Function.Sin or Function.Tanh } a => $"MathF.{a.Function}({Write(a.Operand)})",
            Scalar.ApplyNode { Function: Function.Relu } a => $"MathF.Max({Write(a.Operand)}, 0f)",
            Scalar.ApplyNode { Function: Function.Sign } a => $"MathF.Sign({Write(a.Operand)})",
            Scalar.ApplyNode a => $"VectorMath.{a.Function}(Vector128.CreateScalar({Write(a.Operand)})).ToScalar()",
            Scalar.SelectNode s => $"({Write(s.Condition)} != 0f ? {Write(s.Then)} : {Write(s.Else)})",
            Scalar.CombineNode c => Combine(c),
            _ => throw new InvalidOperationException($"No scalar code for {node}."),
        };

        string Combine(Scalar.CombineNode c) => c.Operator switch
        {
            Operator.Add => $"({Write(c.Left)} + {Write(c.Right)})",
            Operator.Subtract => $"({Write(c.Left)} - {Write(c.Right)})",
            Operator.Multiply => $"({Write(c.Left)} * {Write(c.Right)})",
            Operator.Divide => $"({Write(c.Left)} / {Write(c.Right)})",
            Operator.Max => $"MathF.Max({Write(c.Left)}, {Write(c.Right)})",
            Operator.Min => $"MathF.Min({Write(c.Left)}, {Write(c.Right)})",
            Operator.Greater => $"({Write(c.Left)} > {Write(c.Right)} ? 1f : 0f)",
            Operator.GreaterOrEqual => $"({Write(c.Left)} >= {Write(c.Right)} ? 1f : 0f)",
            _ => $"({Write(c.Left)} == {Write(c.Right)} ? 1f : 0f)",
        };
    }
}
