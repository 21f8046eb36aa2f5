using SampleKit;

namespace TranslationSample;

/// <summary>Draws where a model looks: a row for each piece of the translation, a column for each piece of the message, the brighter the more it counted.</summary>
internal static class AttentionPicture
{
    private const int Cell = 9;
    private const int Gap = 2;
    private const int LetterWidth = PixelFont.Width + 1;
    private const int LetterHeight = PixelFont.Height + 1;

    /// <summary>Draws a map.</summary>
    public static Picture Draw(AttentionMap map)
    {
        var source = map.Source.Select(Label).ToArray();
        var target = map.Target.Select(Label).ToArray();
        var left = Gap + (LetterWidth * target.Max(piece => piece.Length));
        var top = Gap + (LetterHeight * source.Max(piece => piece.Length));
        var picture = new Picture(left + (Cell * source.Length) + Gap, top + (Cell * target.Length) + Gap);
        for (var column = 0; column < source.Length; column++)
        {
            // The letters of a column stand below each other and end at its head.
            var piece = source[column];
            for (var letter = 0; letter < piece.Length; letter++)
            {
                picture.Write(piece[letter].ToString(), left + (column * Cell) + 3, top - (LetterHeight * (piece.Length - letter)), Rgb.White);
            }
        }

        for (var row = 0; row < target.Length; row++)
        {
            var piece = target[row];
            picture.Write(piece, left - (LetterWidth * piece.Length) - 1, top + (row * Cell) + 2, Rgb.White);
            for (var column = 0; column < source.Length; column++)
            {
                picture.Fill(left + (column * Cell), top + (row * Cell), Cell - 1, Cell - 1, new Rgb(30, 30, 30).Mix(new(255, 200, 60), (float)map.Weights[row][column]));
            }
        }

        return picture;
    }

    private static string Label(string piece) => HiddenNames.WithDigits(piece.Trim());
}
