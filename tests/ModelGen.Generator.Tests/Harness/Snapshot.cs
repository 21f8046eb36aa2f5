using System.Runtime.CompilerServices;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ModelGen.Generator.Tests.Harness;

/// <summary>
/// Compares text with the snapshot beside the test, <c>Class.Method#Hint.verified.cs</c>, by Verify's conventions. On a
/// mismatch the text is left as <c>….received.cs</c>. To accept all that changed: run the tests with
/// <c>MODELGEN_ACCEPT=1</c>, then look at the change in version control.
/// </summary>
internal static class Snapshot
{
    private const string AcceptVariable = "MODELGEN_ACCEPT";

    /// <summary>The unchanged lines shown around a change.</summary>
    private const int Context = 2;

    public static void Match(string text, string hint, string extension = "cs", [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}.{method}#{hint}");
        var (verified, received) = ($"{stem}.verified.{extension}", $"{stem}.received.{extension}");
        text = text.Replace("\r\n", "\n");
        var expected = File.Exists(verified) ? File.ReadAllText(verified).Replace("\r\n", "\n") : "";
        if (text == expected)
        {
            File.Delete(received);
            return;
        }

        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{Path.GetFileName(verified)} differs from what was generated (run with {AcceptVariable}=1 to accept):\n{Difference(expected, text)}");
    }

    private static string Difference(string expected, string actual)
    {
        var lines = InlineDiffBuilder.Diff(expected, actual).Lines;
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            var isNear = lines.Skip(Math.Max(0, i - Context)).Take((2 * Context) + 1).Any(line => line.Type != ChangeType.Unchanged);
            if (isNear)
            {
                text.Append(lines[i].Type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " }).Append(lines[i].Text).Append('\n');
            }
        }

        return text.ToString();
    }
}
