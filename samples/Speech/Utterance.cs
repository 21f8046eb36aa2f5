namespace SpeechSample;

/// <summary>What an utterance is for.</summary>
internal enum Use : byte
{
    /// <summary>To learn from.</summary>
    Learn,

    /// <summary>To choose the best epoch by.</summary>
    Watch,

    /// <summary>To judge by.</summary>
    Test,
}

/// <summary>A phrase that somebody says.</summary>
/// <param name="Voice">Who says it: <see cref="Recorded"/>, or a voice of espeak-ng.</param>
/// <param name="Use">What it is for.</param>
/// <param name="Text">What is said, in small letters.</param>
/// <param name="Sound">How it sounds.</param>
internal sealed record Utterance(string Voice, Use Use, string Text, Sound Sound)
{
    /// <summary>The one voice that is recorded; all others are synthetic.</summary>
    public const string Recorded = "recorded";

    /// <summary>Whether a human being says it.</summary>
    public bool IsRecorded => Voice == Recorded;
}
