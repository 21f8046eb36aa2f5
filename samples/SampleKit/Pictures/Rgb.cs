namespace SampleKit;

/// <summary>A colour.</summary>
/// <param name="Red">0 … 255.</param>
/// <param name="Green">0 … 255.</param>
/// <param name="Blue">0 … 255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>Black.</summary>
    public static Rgb Black => default;

    /// <summary>White.</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>A grey of a brightness of 0 … 1; what is outside is clipped.</summary>
    public static Rgb Grey(float brightness)
    {
        var level = (byte)Math.Round(255 * Math.Clamp(brightness, 0f, 1f));
        return new(level, level, level);
    }

    /// <summary>A mixture of this colour with a share of 0 … 1 of another.</summary>
    public Rgb Mix(Rgb other, float share) => new(Mix(Red, other.Red, share), Mix(Green, other.Green, share), Mix(Blue, other.Blue, share));

    /// <summary>Colours that are easy to tell apart; the first, for the background, is dark grey.</summary>
    public static IReadOnlyList<Rgb> Palette { get; } =
    [
        new(40, 40, 40), new(230, 75, 60), new(60, 160, 235), new(245, 190, 40), new(70, 180, 90), new(165, 95, 205),
        new(245, 130, 40), new(60, 200, 200), new(235, 110, 180), new(150, 200, 60), new(140, 110, 80),
    ];

    private static byte Mix(byte a, byte b, float share) => (byte)Math.Round(a + ((b - a) * share));
}
