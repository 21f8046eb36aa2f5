using System.Text;

namespace EmbeddedSample;

/// <summary>A grey picture from a binary PGM file: the text "P5 width height maximum", one white space, a byte for each pixel.</summary>
/// <param name="Width">The pixels of a row.</param>
/// <param name="Height">The rows.</param>
/// <param name="Pixels">Brightness in 0 … 1, row by row.</param>
internal sealed record GreyImage(int Width, int Height, float[] Pixels)
{
    private const int MostPixels = 1 << 24;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no binary PGM file with one byte a pixel; the message says what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static GreyImage Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var position = 0;
        if (NextWord() is var magic && magic != "P5")
        {
            throw new InvalidDataException($"{path}: begins with '{magic}'; expected P5, a binary PGM file.");
        }

        var (width, height, maximum) = (NextNumber("width", MostPixels), NextNumber("height", MostPixels), NextNumber("maximum", 255));
        position++;
        if ((long)width * height > bytes.Length - position)
        {
            throw new InvalidDataException($"{path}: {Math.Max(0, bytes.Length - position)} bytes of pixels; expected {width}×{height}.");
        }

        var pixels = new float[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Math.Min(bytes[position + i], maximum) / (float)maximum;
        }

        return new(width, height, pixels);

        string NextWord()
        {
            // White space and comments stand between the words.
            while (position < bytes.Length && (char.IsWhiteSpace((char)bytes[position]) || bytes[position] == '#'))
            {
                position = bytes[position] == '#' && Array.IndexOf(bytes, (byte)'\n', position) is var end ? end < 0 ? bytes.Length : end : position + 1;
            }

            var start = position;
            while (position < bytes.Length && !char.IsWhiteSpace((char)bytes[position]))
            {
                position++;
            }

            return Encoding.ASCII.GetString(bytes, start, Math.Min(position - start, 20));
        }

        int NextNumber(string name, int most) =>
            NextWord() is var word && int.TryParse(word, out var number) && number > 0 && number <= most
                ? number
                : throw new InvalidDataException($"{path}: the {name} is '{word}'; expected a number from 1 to {most}.");
    }
}
