using System.Globalization;
using System.Net;
using System.Text;

namespace SampleKit;

/// <summary>Draws curves as SVG, to stand inside a page of HTML.</summary>
internal static class LineChart
{
    private const int Width = 640;
    private const int Height = 260;
    private const int Left = 56;
    private const int Right = 16;
    private const int Top = 14;
    private const int Bottom = 40;
    private const int Steps = 4;

    private const int LegendWidth = 140;

    private static readonly string[] s_colors = ["#d33b2c", "#2a7fc9", "#3a9a4b", "#8a4fb5", "#d98b12"];

    public static string Render(string horizontal, IReadOnlyList<Curve> curves, Band? band = null)
    {
        var values = curves.SelectMany(curve => curve.Values).Concat(band?.Low ?? []).Concat(band?.High ?? []).Where(double.IsFinite).ToArray();
        var (low, high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
        if (high - low < 1e-12)
        {
            (low, high) = (low - 0.5, high + 0.5);
        }

        var longest = Math.Max(2, curves.Max(curve => curve.Values.Count));
        double X(double at) => Left + ((at - 1) / (longest - 1) * (Width - Left - Right));
        double Y(double value) => Height - Bottom - ((value - low) / (high - low) * (Height - Top - Bottom));
        string Point(double value, int at) => string.Create(CultureInfo.InvariantCulture, $"{X(at + 1):F1},{Y(value):F1}");

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\">");
        for (var step = 0; step <= Steps; step++)
        {
            var value = low + ((high - low) * step / Steps);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):F1}\" y2=\"{Y(value):F1}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{Y(value) + 4:F1}\" text-anchor=\"end\">{value:G3}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 22}\">1</text><text x=\"{Width - Right}\" y=\"{Height - 22}\" text-anchor=\"end\">{longest} {WebUtility.HtmlEncode(horizontal)}</text>");
        if (band is not null)
        {
            var edge = band.High.Select(Point).Concat(band.Low.Select(Point).Reverse());
            svg.Append(CultureInfo.InvariantCulture, $"<polygon fill=\"{s_colors[0]}\" fill-opacity=\".2\" points=\"{string.Join(' ', edge)}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + (curves.Count * LegendWidth)}\" y=\"{Height - 5}\" fill=\"{s_colors[0]}\" fill-opacity=\".6\">{WebUtility.HtmlEncode(band.Name)}</text>");
        }

        for (var i = 0; i < curves.Count; i++)
        {
            var color = s_colors[i % s_colors.Length];
            var points = string.Join(' ', curves[i].Values.Select((value, at) => (value, at)).Where(point => double.IsFinite(point.value))
                .Select(point => Point(point.value, point.at)));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" points=\"{points}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + (i * LegendWidth)}\" y=\"{Height - 5}\" fill=\"{color}\">{WebUtility.HtmlEncode(curves[i].Name)}</text>");
        }

        return svg.Append("</svg>").ToString();
    }
}
