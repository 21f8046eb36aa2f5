namespace ModelGen;

/// <summary>Sound in memory: samples of −1 … 1, [frame][channel].</summary>
public sealed class AudioClip
{
    private readonly float[] _samples;

    /// <summary>A clip of samples, which are not copied.</summary>
    /// <param name="samples">[frame][channel], −1 … 1.</param>
    /// <param name="sampleRate">Frames a second; positive.</param>
    /// <param name="channels">The samples of a frame; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    /// <exception cref="ArgumentException">The samples are not a whole number of frames.</exception>
    public AudioClip(float[] samples, int sampleRate, int channels = 1)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (samples.Length % channels != 0)
        {
            throw new ArgumentException($"{samples.Length} samples are not a whole number of frames of {channels} channels.", nameof(samples));
        }

        _samples = samples;
        SampleRate = sampleRate;
        Channels = channels;
    }

    /// <summary>[frame][channel], −1 … 1.</summary>
    public ReadOnlySpan<float> Samples => _samples;

    /// <summary>Frames a second, in hertz.</summary>
    public int SampleRate { get; }

    /// <summary>The samples of a frame.</summary>
    public int Channels { get; }

    /// <summary>The number of frames.</summary>
    public int Frames => _samples.Length / Channels;

    /// <summary>How long it takes.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Frames / SampleRate);

    /// <summary>The mean of all channels; the clip itself if it has only one.</summary>
    public AudioClip ToMono()
    {
        if (Channels == 1)
        {
            return this;
        }

        var mono = new float[Frames];
        for (var frame = 0; frame < mono.Length; frame++)
        {
            var sum = 0f;
            for (var channel = 0; channel < Channels; channel++)
            {
                sum += _samples[(frame * Channels) + channel];
            }

            mono[frame] = sum / Channels;
        }

        return new(mono, SampleRate);
    }

    /// <summary>The same sound at another rate; the clip itself if the rate is the same.</summary>
    /// <param name="sampleRate">Frames a second; positive.</param>
    /// <remarks>
    /// Band-limited interpolation by a sinc of sixteen zero crossings to each side under a Hann window, cut off at the lower
    /// of the two Nyquist frequencies (J. O. Smith, "Digital audio resampling", 2002).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive.</exception>
    public AudioClip Resample(int sampleRate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        if (sampleRate == SampleRate)
        {
            return this;
        }

        const int crossings = 16;
        var ratio = (double)sampleRate / SampleRate;
        var cutoff = Math.Min(1, ratio);
        var reach = crossings / cutoff;
        var frames = checked((int)((((long)Frames * sampleRate) + SampleRate - 1) / SampleRate));
        var resampled = new float[checked(frames * Channels)];
        for (var frame = 0; frame < frames; frame++)
        {
            var center = frame / ratio;
            var first = Math.Max(0, (int)Math.Ceiling(center - reach));
            var last = Math.Min(Frames - 1, (int)Math.Floor(center + reach));
            for (var source = first; source <= last; source++)
            {
                var distance = source - center;
                var weight = cutoff * Sinc(cutoff * distance) * (0.5 + (0.5 * Math.Cos(Math.PI * distance / reach)));
                for (var channel = 0; channel < Channels; channel++)
                {
                    resampled[(frame * Channels) + channel] += (float)(weight * _samples[(source * Channels) + channel]);
                }
            }
        }

        return new(resampled, sampleRate, Channels);
    }

    private static double Sinc(double x) => Math.Abs(x) < 1e-9 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
