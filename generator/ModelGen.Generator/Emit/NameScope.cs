using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ModelGen.Generator.Emit;

/// <summary>Hands out names that are unique among themselves and none of those that mean something else.</summary>
internal sealed class NameScope(params string[] reserved)
{
    private readonly HashSet<string> _taken = [.. reserved];

    /// <summary>The name itself, or with the first free number after it.</summary>
    public string Unique(string name)
    {
        var unique = name;
        for (var number = 2; !_taken.Add(unique); number++)
        {
            unique = name + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return unique;
    }

    /// <summary><c>conv2d_1</c> as a part of a method's name: <c>Conv2d1</c>.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder();
        foreach (var part in name.Split('_', '.').Where(part => part.Length > 0))
        {
            text.Append(char.ToUpperInvariant(part[0])).Append(part.Substring(1));
        }

        return text.Length == 0 || char.IsDigit(text[0]) ? "Layer" + text : text.ToString();
    }
}
