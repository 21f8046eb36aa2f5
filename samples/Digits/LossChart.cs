using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DigitsSample;

/// <summary>Loss curves side by side, on one logarithmic scale.</summary>
internal sealed class LossChart(IReadOnlyList<LossCurve> curves)
{
    private const int Rows = 12;
    private const int LabelWidth = 6;
    private const int BorderWidth = 2;
    private const int MostColumns = 120;

    private static readonly Color[] s_colors = [Color.DodgerBlue1, Color.Orange1, Color.SpringGreen3];

    private readonly double _top = Math.Log(curves.Max(curve => curve.Losses.Max()));
    private readonly double _bottom = Math.Log(curves.Min(curve => curve.Losses.Min()));

    /// <summary>The charts for a terminal of the given width.</summary>
    public IRenderable Render(int width)
    {
        var columns = (Math.Min(width, MostColumns) / curves.Count) - LabelWidth - BorderWidth;
        var grid = new Grid();
        foreach (var _ in curves)
        {
            grid.AddColumn(new GridColumn().NoWrap().Padding(0, 0));
        }

        return grid.AddRow([.. curves.Select((curve, i) => RenderCurve(curve, columns, s_colors[i % s_colors.Length]))]);
    }

    private Panel RenderCurve(LossCurve curve, int columns, Color color)
    {
        var canvas = new BrailleCanvas(columns, Rows);
        var last = HeightOf(curve.Losses[0], canvas);
        for (var x = 0; x < canvas.Width; x++)
        {
            var y = HeightOf(curve.Losses[x * (curve.Losses.Length - 1) / (canvas.Width - 1)], canvas);
            canvas.DrawVertical(x, last, y);
            last = y;
        }

        var picture = new Paragraph();
        for (var row = 0; row < Rows; row++)
        {
            picture.Append(LabelOf(row), new Style(Color.Grey));
            picture.Append(canvas.Row(row) + "\n", new Style(color));
        }

        var end = $"{curve.Losses.Length} epochs";
        picture.Append("1".PadLeft(LabelWidth + 1) + end.PadLeft(columns - 1), new Style(Color.Grey));
        return new Panel(picture).Header(curve.Name).Padding(0, 0);
    }

    private int HeightOf(float loss, BrailleCanvas canvas) =>
        (int)Math.Round((_top - Math.Log(loss)) / (_top - _bottom) * (canvas.Height - 1));

    // A number at the top, in the middle and at the bottom.
    private string LabelOf(int row)
    {
        if (row is not (0 or Rows / 2 or Rows - 1))
        {
            return "│".PadLeft(LabelWidth);
        }

        var loss = Math.Exp(_top - ((_top - _bottom) * row / (Rows - 1)));
        return (loss.ToString("0.###", CultureInfo.InvariantCulture) + "┤").PadLeft(LabelWidth);
    }
}
