namespace SampleKit;

/// <summary>
/// Capital letters, digits and a few signs of 3×5 pixels; a small letter is drawn as its capital, one with an accent without it, what is
/// missing as a space.
/// </summary>
public static class PixelFont
{
    /// <summary>The width of a letter.</summary>
    public const int Width = 3;

    /// <summary>The height of a letter.</summary>
    public const int Height = 5;

    private const string Accented = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ";
    private const string Plain = "AAAAAACEEEEIIIINOOOOOUUUUY";

    // Each letter is five rows of three pixels, # for ink.
    private static readonly Dictionary<char, string> s_letters = new()
    {
        ['A'] = ".#.#.#####.##.#",
        ['B'] = "##.#.###.#.###.",
        ['C'] = ".###..#..#...##",
        ['D'] = "##.#.##.##.###.",
        ['E'] = "####..##.#..###",
        ['F'] = "####..##.#..#..",
        ['G'] = ".###..#.##.#.##",
        ['H'] = "#.##.#####.##.#",
        ['I'] = "###.#..#..#.###",
        ['J'] = "..#..#..##.#.#.",
        ['K'] = "#.##.###.#.##.#",
        ['L'] = "#..#..#..#..###",
        ['M'] = "#.########.##.#",
        ['N'] = "##.#.##.##.##.#",
        ['O'] = ".#.#.##.##.#.#.",
        ['P'] = "##.#.###.#..#..",
        ['Q'] = ".#.#.##.###..##",
        ['R'] = "##.#.###.#.##.#",
        ['S'] = ".###...#...###.",
        ['T'] = "###.#..#..#..#.",
        ['U'] = "#.##.##.##.####",
        ['V'] = "#.##.##.##.#.#.",
        ['W'] = "#.##.########.#",
        ['X'] = "#.##.#.#.#.##.#",
        ['Y'] = "#.##.#.#..#..#.",
        ['Z'] = "###..#.#.#..###",
        ['0'] = "####.##.##.####",
        ['1'] = ".#.##..#..#.###",
        ['2'] = "##...#.#.#..###",
        ['3'] = "##...#.#...###.",
        ['4'] = "#.##.####..#..#",
        ['5'] = "####..##...###.",
        ['6'] = ".###..####.####",
        ['7'] = "###..#.#..#..#.",
        ['8'] = "####.#####.####",
        ['9'] = "####.####..###.",
        ['.'] = ".............#.",
        ['-'] = "......###......",
        ['%'] = "#.#..#.#.#..#.#",
        ['?'] = "##...#.#.....#.",
        ['+'] = "....#.###.#....",
        [':'] = "....#.....#....",
        ['/'] = "..#..#.#.#..#..",
    };

    /// <summary>Whether a letter has ink at a place.</summary>
    public static bool Has(char character, int column, int row)
    {
        var capital = char.ToUpperInvariant(character);
        var accented = Accented.IndexOf(capital, StringComparison.Ordinal);
        return s_letters.TryGetValue(accented >= 0 ? Plain[accented] : capital, out var letter) && letter[(row * Width) + column] == '#';
    }
}
