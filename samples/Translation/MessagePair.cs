namespace TranslationSample;

/// <summary>A message in two languages.</summary>
/// <param name="English">What to translate.</param>
/// <param name="Foreign">What it is in the other language.</param>
internal sealed record MessagePair(string English, string Foreign)
{
    /// <summary>The pair as the model reads and writes it.</summary>
    public MessagePair ForModel()
    {
        var form = new ModelForm(English);
        return new(form.Text, form.Of(Foreign));
    }
}
