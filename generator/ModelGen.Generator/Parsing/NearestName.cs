using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Parsing;

/// <summary>Finds what somebody meant who mistyped a name.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest insertions, deletions and replacements to the one that was typed; null without names.</summary>
    public static string? Of(string typed, IEnumerable<string> names) => names.OrderBy(name => Distance(typed, name)).FirstOrDefault();

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
