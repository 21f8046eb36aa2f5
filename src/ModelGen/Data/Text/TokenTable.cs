namespace ModelGen;

/// <summary>Finds the ids of texts.</summary>
internal static class TokenTable
{
    /// <summary>The id of each text: its position, counted from the first id.</summary>
    public static Dictionary<string, int> Index(ReadOnlySpan<string> texts, int firstId)
    {
        var ids = new Dictionary<string, int>(texts.Length, StringComparer.Ordinal);
        for (var i = 0; i < texts.Length; i++)
        {
            ids.Add(texts[i], firstId + i);
        }

        return ids;
    }
}
