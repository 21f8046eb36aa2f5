using Spectre.Console;
using Spectre.Console.Rendering;

namespace PerceptronSample;

/// <summary>Says what a network makes of many points at once: two numbers a point in, one out.</summary>
internal delegate void PointPredictor(ReadOnlySpan<float> points, Span<float> outputs);

/// <summary>
/// A picture of the plane of two inputs: what the network says at each place, and the four points it was to learn.
/// </summary>
internal sealed class DecisionMap
{
    private const int Width = 24;
    private const int Height = 12;

    // The unit square with a margin, so that one sees how the decision goes on.
    private const float Least = -0.5f;
    private const float Extent = 2f;

    private static readonly Color s_zero = new(38, 70, 130);
    private static readonly Color s_undecided = new(225, 225, 215);
    private static readonly Color s_one = new(240, 165, 60);

    private readonly string _title;
    private readonly TruthTable _table;
    private readonly float[] _outputs = new float[Width * Height * 2];

    public DecisionMap(string title, TruthTable table, PointPredictor predict)
    {
        _title = title;
        _table = table;

        // Two points a cell, one above the other: a half block shows both.
        var points = new float[_outputs.Length * 2];
        for (var y = 0; y < Height * 2; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                points[2 * ((y * Width) + x)] = Least + (Extent * (x + 0.5f) / Width);
                points[(2 * ((y * Width) + x)) + 1] = Least + Extent - (Extent * (y + 0.5f) / (Height * 2));
            }
        }

        predict(points, _outputs);
    }

    /// <summary>The picture for a terminal.</summary>
    /// <param name="colors">Whether the terminal has colours; without them shades of grey are dotted.</param>
    public IRenderable Render(bool colors)
    {
        var picture = new Paragraph();
        for (var row = 0; row < Height; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                AppendCell(picture, row, column, colors);
            }

            picture.Append(row < Height - 1 ? "\n" : "");
        }

        return new Panel(picture).Header(_title).Padding(0, 0);
    }

    private void AppendCell(Paragraph picture, int row, int column, bool colors)
    {
        var top = _outputs[(2 * row * Width) + column];
        var bottom = _outputs[(((2 * row) + 1) * Width) + column];
        for (var i = 0; i < TruthTable.Count; i++)
        {
            if (CellOf(TruthTable.Inputs[2 * i], Width) == column && Height - 1 - CellOf(TruthTable.Inputs[(2 * i) + 1], Height) == row)
            {
                var style = colors ? new Style(Color.Black, s_undecided, Decoration.Bold) : Style.Plain;
                picture.Append(_table.Outputs[i] == 1 ? "1" : "0", style);
                return;
            }
        }

        if (colors)
        {
            picture.Append("▀", new Style(Mix(top), Mix(bottom)));
        }
        else
        {
            picture.Append(" ░▒▓█"[(int)Math.Round((top + bottom) / 2 * 4)].ToString());
        }
    }

    private static int CellOf(float coordinate, int cells) => (int)((coordinate - Least) / Extent * cells);

    private static Color Mix(float output) =>
        output < 0.5f ? s_zero.Blend(s_undecided, 2 * output) : s_undecided.Blend(s_one, (2 * output) - 1);
}
