using System.Text;

namespace ModelGen.Tests.Numeric;

/// <summary>Collects what differs between a compiled model and what is expected of it, in words.</summary>
internal sealed class NumericReport(string layers)
{
    private const int MostShown = 4;

    private readonly StringBuilder _text = new();

    /// <summary>Whether nothing differs so far.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Compares an array and writes down how many elements differ, and the first of them.</summary>
    public void Compare(string what, ReadOnlySpan<float> found, IEnumerable<double> expected, Tolerance tolerance)
    {
        var numbers = expected.ToArray();
        if (numbers.Length != found.Length)
        {
            _text.Append($"\n  {what}: {found.Length} elements, expected {numbers.Length}");
            return;
        }

        tolerance = tolerance.For(numbers);
        var differing = 0;
        var shown = new StringBuilder();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!tolerance.Allows(numbers[i], found[i]) && differing++ < MostShown)
            {
                shown.Append($"\n    [{i}] found {found[i]:G9}, expected {numbers[i]:G9}, off by {found[i] - numbers[i]:G3}");
            }
        }

        if (differing > 0)
        {
            _text.Append($"\n  {what}: {differing} of {numbers.Length} elements differ by more than {tolerance.Relative} relative, {tolerance.Absolute} absolute{shown}");
        }
    }

    /// <summary>Writes down something else that is wrong.</summary>
    public void Add(string what) => _text.Append("\n  " + what);

    /// <summary>The model and all that differs.</summary>
    public override string ToString() => $"[Model, {layers}]{_text}";
}
