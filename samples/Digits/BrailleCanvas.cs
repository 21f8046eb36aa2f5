namespace DigitsSample;

/// <summary>Draws points with the Braille characters of Unicode: two columns and four rows of dots in each cell of the terminal.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    private const int DotColumns = 2;
    private const int DotRows = 4;
    private const char Empty = '\u2800';

    // The bit of each dot of a cell, by row and column.
    private static readonly int[,] s_bits = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 } };

    private readonly int[,] _cells = new int[rows, columns];

    /// <summary>The width in dots.</summary>
    public int Width => columns * DotColumns;

    /// <summary>The height in dots.</summary>
    public int Height => rows * DotRows;

    /// <summary>Sets the dots from one height to another in a column, so that a curve has no gaps.</summary>
    public void DrawVertical(int x, int fromY, int toY)
    {
        for (var y = Math.Min(fromY, toY); y <= Math.Max(fromY, toY); y++)
        {
            _cells[y / DotRows, x / DotColumns] |= s_bits[y % DotRows, x % DotColumns];
        }
    }

    /// <summary>The characters of one row of cells, from the top.</summary>
    public string Row(int row)
    {
        var text = new char[columns];
        for (var column = 0; column < columns; column++)
        {
            text[column] = (char)(Empty + _cells[row, column]);
        }

        return new(text);
    }
}
