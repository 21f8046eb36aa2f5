namespace TranslationSample;

/// <summary>A message in two languages.</summary>
/// <param name="English">What to translate.</param>
/// <param name="Foreign">What it is in the other language.</param>
internal sealed record MessagePair(string English, string Foreign)
{
    /// <summary>The pair with the names hidden that both have.</summary>
    public MessagePair WithoutNames()
    {
        var hidden = new HiddenNames(English);
        return new(hidden.Text, hidden.HideIn(Foreign));
    }
}
