namespace ModelGen;

/// <summary>
/// Turns sound into what networks for speech take: for each short piece of time the logarithm of the energy in bands of
/// equal perceived width, [frame][band].
/// </summary>
/// <remarks>
/// <para>
/// Frame i is samples i·<see cref="Hop"/> … i·<see cref="Hop"/> + <see cref="Window"/> − 1 under a periodic Hann window
/// ½ − ½·cos(2πn/<see cref="Window"/>), filled with zeros up to the transform's length, a power of two. There is no padding
/// at either end. A band sums the squared magnitudes of the transform under a triangle of area one in hertz (Slaney's
/// normalisation), from the centre of the band below to that of the band above; the values are
/// ln(max(energy, <see cref="Floor"/>)), in nats.
/// </para>
/// <para>
/// Without the logarithm this is librosa's <c>melspectrogram(center=False)</c> with the same numbers. The tables are made once;
/// <see cref="Compute(ReadOnlySpan{float}, Span{float})"/> allocates nothing, and belongs to one thread at a time.
/// </para>
/// </remarks>
public sealed class MelSpectrogram
{
    private readonly float[] _window;
    private readonly MelBand[] _bands;
    private readonly RealFourierTransform _transform;
    private readonly float[] _input;
    private readonly float[] _energies;

    /// <summary>Prepares the tables.</summary>
    /// <param name="sampleRate">Samples a second; positive.</param>
    /// <param name="bands">The bands, values of a frame; positive.</param>
    /// <param name="window">The samples of a frame; at least 2. 25 ms is usual.</param>
    /// <param name="hop">The samples from one frame to the next; positive. 10 ms is usual.</param>
    /// <param name="lowest">The lower edge of the lowest band in hertz, 0 or more.</param>
    /// <param name="highest">The upper edge of the highest band in hertz, at most half the rate, which it is by default.</param>
    /// <param name="scale">What equal width means.</param>
    /// <param name="floor">The least energy; positive, so that silence has a logarithm.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">There are so many bands that one lies between two frequencies of the transform.</exception>
    public MelSpectrogram(
        int sampleRate, int bands, int window, int hop, float lowest = 0, float? highest = null, MelScale scale = MelScale.Slaney, float floor = 1e-10f)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sampleRate, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window, 1 << 24);
        ArgumentOutOfRangeException.ThrowIfLessThan(hop, 1);
        SampleRate = sampleRate;
        Bands = bands;
        Window = window;
        Hop = hop;
        Lowest = Setting.NotNegative(lowest, nameof(lowest));
        Highest = highest ?? (sampleRate / 2f);
        Scale = scale;
        Floor = Setting.Positive(floor, nameof(floor));
        if (!(Highest > Lowest && Highest <= sampleRate / 2f))
        {
            throw new ArgumentOutOfRangeException(
                nameof(highest), Highest, $"The upper edge of the highest band must be above {Lowest} Hz and at most {sampleRate / 2f} Hz.");
        }

        _transform = new((int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)window));
        _input = new float[_transform.Length];
        _energies = new float[_transform.Bins];
        _window = new float[window];
        for (var n = 0; n < window; n++)
        {
            _window[n] = (float)(0.5 - (0.5 * Math.Cos(2 * Math.PI * n / window)));
        }

        _bands = CreateBands();
    }

    /// <summary>Samples a second.</summary>
    public int SampleRate { get; }

    /// <summary>The values of a frame.</summary>
    public int Bands { get; }

    /// <summary>The samples of a frame.</summary>
    public int Window { get; }

    /// <summary>The samples from one frame to the next.</summary>
    public int Hop { get; }

    /// <summary>The lower edge of the lowest band, in hertz.</summary>
    public float Lowest { get; }

    /// <summary>The upper edge of the highest band, in hertz.</summary>
    public float Highest { get; }

    /// <summary>What equal width means.</summary>
    public MelScale Scale { get; }

    /// <summary>The least energy.</summary>
    public float Floor { get; }

    /// <summary>The frames of a sound: 0 if it is shorter than a window, else 1 + ⌊(samples − window) / hop⌋.</summary>
    /// <param name="samples">The number of samples.</param>
    public int FrameCount(int samples) => samples < Window ? 0 : 1 + ((samples - Window) / Hop);

    /// <summary>Writes the logarithms of a sound's energies.</summary>
    /// <param name="samples">One channel at <see cref="SampleRate"/>.</param>
    /// <param name="destination">Receives [<see cref="FrameCount"/>][<see cref="Bands"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> destination)
    {
        var frames = FrameCount(samples.Length);
        if (destination.Length != (long)frames * Bands)
        {
            throw new ArgumentException(
                $"The destination is {destination.Length} long; expected {(long)frames * Bands}: {frames} frames of {Bands} bands.", nameof(destination));
        }

        for (var frame = 0; frame < frames; frame++)
        {
            var piece = samples.Slice(frame * Hop, Window);
            for (var n = 0; n < _window.Length; n++)
            {
                _input[n] = piece[n] * _window[n];
            }

            _transform.Energies(_input, _energies);
            var values = destination.Slice(frame * Bands, Bands);
            for (var band = 0; band < _bands.Length; band++)
            {
                values[band] = MathF.Log(MathF.Max(_bands[band].Energy(_energies), Floor));
            }
        }
    }

    /// <summary>The logarithms of a clip's energies, [frame][band], from the mean of its channels.</summary>
    /// <param name="clip">A sound at <see cref="SampleRate"/>.</param>
    /// <exception cref="ArgumentException">The clip has another rate.</exception>
    public float[] Compute(AudioClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.SampleRate != SampleRate)
        {
            throw new ArgumentException($"The clip has {clip.SampleRate} samples a second; expected {SampleRate}.", nameof(clip));
        }

        var values = new float[FrameCount(clip.Frames) * Bands];
        Compute(clip.ToMono().Samples, values);
        return values;
    }

    private MelBand[] CreateBands()
    {
        var edges = new double[Bands + 2];
        var (low, high) = (ToMel(Lowest), ToMel(Highest));
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = ToHertz(low + ((high - low) * i / (Bands + 1)));
        }

        var bands = new MelBand[Bands];
        for (var band = 0; band < Bands; band++)
        {
            bands[band] = MelBand.Create(edges[band], edges[band + 1], edges[band + 2], (double)SampleRate / _transform.Length, _transform.Bins)
                ?? throw new ArgumentException(
                    $"Band {band} from {edges[band]:F1} to {edges[band + 2]:F1} Hz holds no frequency of a transform of {_transform.Length} samples; expected fewer bands or a longer window.");
        }

        return bands;
    }

    private double ToMel(double hertz)
    {
        if (Scale == MelScale.Htk)
        {
            return 2595 * Math.Log10(1 + (hertz / 700));
        }

        return hertz < 1000 ? hertz * 15 / 1000 : 15 + (27 * Math.Log(hertz / 1000) / Math.Log(6.4));
    }

    private double ToHertz(double mel)
    {
        if (Scale == MelScale.Htk)
        {
            return 700 * (Math.Pow(10, mel / 2595) - 1);
        }

        return mel < 15 ? mel * 1000 / 15 : 1000 * Math.Exp(Math.Log(6.4) * (mel - 15) / 27);
    }
}
