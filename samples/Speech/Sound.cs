using ModelGen;

namespace SpeechSample;

/// <summary>A phrase as the network hears it: the energies of a mel spectrogram, a byte each, [frame][band].</summary>
/// <param name="Energies">The logarithms of the energies, in 255 equal steps from <see cref="Lowest"/> to <see cref="Highest"/>.</param>
internal sealed record Sound(byte[] Energies)
{
    /// <summary>The samples of a second: those of a telephone.</summary>
    public const int SampleRate = 8_000;

    /// <summary>The mel bands between 100 and 4,000 Hz.</summary>
    public const int Bands = 24;

    /// <summary>The frames of the network's input, one each 16 ms: three seconds. Shorter phrases end in silence.</summary>
    public const int Frames = 192;

    private const int Window = 256;
    private const int Hop = 128;

    // Natural logarithms of energy; full scale is about 7.
    private const float Lowest = -14;
    private const float Highest = 8;

    // What is this far below the loudest frame on average is silence, but for a few frames around what is not.
    private const float Quiet = 7;
    private const int Margin = 3;

    // Brings most values into −2 … 2.
    private const float Spread = 2;

    /// <summary>The number of frames.</summary>
    public int Count => Energies.Length / Bands;

    /// <summary>Hears a clip of any rate: without the silence before and behind.</summary>
    public static Sound Hear(AudioClip clip)
    {
        var spectrogram = new MelSpectrogram(SampleRate, Bands, Window, Hop, lowest: 100);
        var energies = spectrogram.Compute(clip.ToMono().Resample(SampleRate));
        var means = energies.Chunk(Bands).Select(frame => frame.Average()).ToArray();
        var loud = means.Length == 0 ? 0 : means.Max() - Quiet;
        var first = Math.Max(0, Array.FindIndex(means, mean => mean > loud) - Margin);
        var end = Math.Min(means.Length, Array.FindLastIndex(means, mean => mean > loud) + 1 + Margin);
        return new([.. energies[(first * Bands)..(end * Bands)].Select(energy => (byte)Math.Clamp((energy - Lowest) / (Highest - Lowest) * 255, 0, 255))]);
    }

    /// <summary>Writes what the network takes: each band around its mean, so that neither loudness nor the microphone matters.</summary>
    /// <param name="input">Receives [band][frame]; the end is as quiet as the phrase's quietest frame.</param>
    public void WriteInput(Span<float> input)
    {
        for (var band = 0; band < Bands; band++)
        {
            var (mean, least) = (0f, float.MaxValue);
            for (var frame = 0; frame < Count; frame++)
            {
                mean += Energy(frame, band) / Count;
                least = Math.Min(least, Energy(frame, band));
            }

            var row = input.Slice(band * Frames, Frames);
            for (var frame = 0; frame < Frames; frame++)
            {
                row[frame] = ((frame < Count ? Energy(frame, band) : least) - mean) / Spread;
            }
        }
    }

    /// <summary>How bright each band of each frame is in a picture, [band from the highest][frame], 0 … 1.</summary>
    public float[] ToPicture()
    {
        var brightness = new float[Bands * Count];
        for (var frame = 0; frame < Count; frame++)
        {
            for (var band = 0; band < Bands; band++)
            {
                brightness[((Bands - 1 - band) * Count) + frame] = Energies[(frame * Bands) + band] / 255f;
            }
        }

        return brightness;
    }

    private float Energy(int frame, int band) => Lowest + (Energies[(frame * Bands) + band] / 255f * (Highest - Lowest));
}
