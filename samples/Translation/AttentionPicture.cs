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
        var left = Gap + (LetterWidth * map.Target.Max(piece => piece.Length));
        var top = Gap + (LetterHeight * map.Source.Max(piece => piece.Trim().Length));
        var picture = new Picture(left + (Cell * map.Source.Count) + Gap, top + (Cell * map.Target.Count) + Gap);
        for (var column = 0; column < map.Source.Count; column++)
        {
            // The letters of a column stand below each other and end at its head.
            var piece = map.Source[column].Trim();
            for (var letter = 0; letter < piece.Length; letter++)
            {
                picture.Write(piece[letter].ToString(), left + (column * Cell) + 3, top - (LetterHeight * (piece.Length - letter)), Rgb.White);
            }
        }

        for (var row = 0; row < map.Target.Count; row++)
        {
            var piece = map.Target[row].Trim();
            picture.Write(piece, left - (LetterWidth * piece.Length) - 1, top + (row * Cell) + 2, Rgb.White);
            for (var column = 0; column < map.Source.Count; column++)
            {
                picture.Fill(left + (column * Cell), top + (row * Cell), Cell - 1, Cell - 1, new Rgb(30, 30, 30).Mix(new(255, 200, 60), (float)map.Weights[row][column]));
            }
        }

        return picture;
    }
}
