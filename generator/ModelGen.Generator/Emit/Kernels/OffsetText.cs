using System.Collections.Generic;
using System.Globalization;

namespace ModelGen.Generator.Emit.Kernels;

/// <summary>An offset in words as a sum of variables times strides and one constant, written as C#.</summary>
internal sealed class OffsetText
{
    private readonly List<string> _terms = [];
    private int _constant;

    /// <summary>Adds a variable, or a number, times a stride.</summary>
    public OffsetText Add(string factor, int stride)
    {
        if (int.TryParse(factor, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            _constant += number * stride;
        }
        else if (stride == 1)
        {
            _terms.Add(factor);
        }
        else if (stride != 0)
        {
            _terms.Add($"({factor} * {Literal.Of(stride)})");
        }

        return this;
    }

    public override string ToString()
    {
        var text = string.Join(" + ", _terms);
        return text.Length == 0 ? Literal.Of(_constant) : _constant == 0 ? text : _constant > 0 ? $"{text} + {Literal.Of(_constant)}" : $"{text} - {Literal.Of(-_constant)}";
    }
}
