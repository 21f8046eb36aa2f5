using Spectre.Console;
using Spectre.Console.Rendering;

namespace FashionMnistSample;

/// <summary>Draws an image in grey levels: two pixels a cell of the terminal, one above the other.</summary>
internal static class GreyPicture
{
    private const string Shades = " ░▒▓█";

    /// <summary>The picture for a terminal.</summary>
    /// <param name="pixels">Brightness in 0 … 1, row by row.</param>
    /// <param name="size">The width and height, an even number.</param>
    /// <param name="colors">Whether the terminal has colours; without them a cell is one of five shades.</param>
    public static IRenderable Render(ReadOnlySpan<float> pixels, int size, bool colors)
    {
        var picture = new Paragraph();
        for (var y = 0; y < size; y += 2)
        {
            for (var x = 0; x < size; x++)
            {
                var top = pixels[(y * size) + x];
                var bottom = pixels[((y + 1) * size) + x];
                if (colors)
                {
                    picture.Append("▀", new Style(Grey(top), Grey(bottom)));
                }
                else
                {
                    picture.Append(Shades[(int)Math.Round((top + bottom) / 2 * (Shades.Length - 1))].ToString());
                }
            }

            picture.Append(y + 2 < size ? "\n" : "");
        }

        return picture;
    }

    private static Color Grey(float brightness)
    {
        var level = (byte)Math.Round(255 * Math.Clamp(brightness, 0f, 1f));
        return new(level, level, level);
    }
}
