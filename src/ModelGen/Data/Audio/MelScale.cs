namespace ModelGen;

/// <summary>How hertz become mels, steps of equal perceived pitch.</summary>
public enum MelScale
{
    /// <summary>
    /// Linear up to 1000 Hz, 15 mels, then logarithmic: 15 + 27·ln(f/1000)/ln 6.4 (M. Slaney, "Auditory toolbox", 1998; the
    /// default of librosa).
    /// </summary>
    Slaney,

    /// <summary>2595·log₁₀(1 + f/700) (D. O'Shaughnessy, "Speech communication", 1987; the HTK toolkit and torchaudio's default).</summary>
    Htk,
}
