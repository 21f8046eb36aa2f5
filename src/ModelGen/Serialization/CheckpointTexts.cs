using System.Globalization;

namespace ModelGen;

/// <summary>The texts of a checkpoint, read as what they stand for.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="texts">The texts by key.</param>
internal sealed class CheckpointTexts(string path, IReadOnlyDictionary<string, string> texts)
{
    /// <summary>Whether there is a text.</summary>
    public bool Contains(string key) => texts.ContainsKey(key);

    /// <summary>Refuses the file unless a text is as expected.</summary>
    public void Expect(string key, string expected, string meaning)
    {
        var found = texts.GetValueOrDefault(key);
        if (found != expected)
        {
            throw new ModelFormatException(path, key, found ?? "nothing", $"{expected}, {meaning}");
        }
    }

    /// <summary>A whole number in a range.</summary>
    public long Number(string key, long least, long greatest) => Whole(key, Text(key), least, greatest);

    /// <summary>A list of whole numbers in a range, separated by spaces.</summary>
    public long[] Numbers(string key, int count, long least, long greatest)
    {
        var text = Text(key);
        var parts = text.Length == 0 ? [] : text.Split(' ');
        return parts.Length == count
            ? Array.ConvertAll(parts, part => Whole(key, part, least, greatest))
            : throw new ModelFormatException(path, key, $"{parts.Length} numbers", $"{count}");
    }

    /// <summary>A list of numbers, separated by spaces; null for those that are absent.</summary>
    public double?[] Reals(string key, int count)
    {
        var parts = Text(key).Split(' ');
        return parts.Length == count
            ? Array.ConvertAll(parts, part => Real(key, part))
            : throw new ModelFormatException(path, key, $"{parts.Length} numbers", $"{count}");
    }

    /// <summary>The texts whose keys begin with a prefix, without it.</summary>
    public IReadOnlyDictionary<string, string> WithPrefix(string prefix) =>
        texts.Where(text => text.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(text => text.Key[prefix.Length..], text => text.Value);

    /// <summary>The text of a list that <see cref="Reals"/> reads: exact, in every culture.</summary>
    public static string Format(params ReadOnlySpan<double?> numbers)
    {
        var parts = new string[numbers.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = numbers[i]?.ToString("R", CultureInfo.InvariantCulture) ?? "-";
        }

        return string.Join(' ', parts);
    }

    private string Text(string key) =>
        texts.TryGetValue(key, out var text) ? text : throw new ModelFormatException(path, key, "nothing", "a text in the metadata");

    private long Whole(string key, string text, long least, long greatest) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest
            ? number
            : throw new ModelFormatException(path, key, $"\"{text}\"", $"a whole number from {least} to {greatest}");

    private double? Real(string key, string text)
    {
        if (text == "-")
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ModelFormatException(path, key, $"\"{text}\"", "a number");
    }
}
