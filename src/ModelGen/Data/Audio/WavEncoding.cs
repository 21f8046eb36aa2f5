namespace ModelGen;

/// <summary>How a WAV file stores a sample.</summary>
public enum WavEncoding
{
    /// <summary>Unsigned integers of 8 bits: 128 is silence.</summary>
    Pcm8,

    /// <summary>Signed integers of 16 bits.</summary>
    Pcm16,

    /// <summary>Signed integers of 24 bits.</summary>
    Pcm24,

    /// <summary>Signed integers of 32 bits.</summary>
    Pcm32,

    /// <summary>Floating-point numbers of 32 bits, −1 … 1.</summary>
    Float32,

    /// <summary>Floating-point numbers of 64 bits, −1 … 1.</summary>
    Float64,
}
