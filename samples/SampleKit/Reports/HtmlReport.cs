using System.Globalization;
using System.Net;
using System.Text;

namespace SampleKit;

/// <summary>A page that needs nothing beside it: text, tables, curves as SVG and pictures inside the file.</summary>
public sealed class HtmlReport
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em;color:#222;background:#fff}"
        + "table{border-collapse:collapse}td,th{padding:.2em .8em;border-bottom:1px solid #ddd;text-align:right}td:first-child,th:first-child{text-align:left}"
        + "svg{width:100%;max-width:640px;font-size:12px;fill:#555}.grid{stroke:#ddd}img{image-rendering:pixelated;max-width:100%}pre{background:#f4f4f4;padding:.6em;overflow-x:auto}"
        + ".shaded{background:#fff;white-space:pre-wrap}";

    private readonly string _title;
    private readonly StringBuilder _body = new();

    /// <summary>An empty page.</summary>
    public HtmlReport(string title)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        _title = title;
        _body.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(title)}</h1>\n");
    }

    /// <summary>Adds a heading.</summary>
    public HtmlReport Heading(string text) => Append($"<h2>{Encode(text)}</h2>");

    /// <summary>Adds a paragraph.</summary>
    public HtmlReport Paragraph(string text) => Append($"<p>{Encode(text)}</p>");

    /// <summary>Adds text that keeps its lines.</summary>
    public HtmlReport Preformatted(string text) => Append($"<pre>{Encode(text)}</pre>");

    /// <summary>Adds text whose characters stand on a ground of red, the stronger the more each counts.</summary>
    /// <param name="pieces">Characters, or longer pieces, and what each counts: 0 … 1.</param>
    public HtmlReport Shaded(IEnumerable<(string Text, double Weight)> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var text = new StringBuilder("<pre class=\"shaded\">");
        foreach (var (piece, weight) in pieces)
        {
            text.Append(CultureInfo.InvariantCulture, $"<span style=\"background:rgb(255 60 40 / {Math.Clamp(weight, 0, 1):F2})\">{Encode(piece)}</span>");
        }

        return Append(text.Append("</pre>").ToString());
    }

    /// <summary>Adds a table; the first row is its head.</summary>
    public HtmlReport Table(IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var tag = "th";
        var table = new StringBuilder("<table>");
        foreach (var row in rows)
        {
            table.Append("<tr>").AppendJoin("", row.Select(cell => $"<{tag}>{Encode(cell)}</{tag}>")).Append("</tr>");
            tag = "td";
        }

        return Append(table.Append("</table>").ToString());
    }

    /// <summary>Adds a chart.</summary>
    /// <param name="horizontal">What the horizontal axis counts, such as epochs.</param>
    /// <param name="curves">Its curves, on one scale.</param>
    public HtmlReport Chart(string horizontal, params IReadOnlyList<Curve> curves) => Append(LineChart.Render(horizontal, curves));

    /// <summary>Adds a chart with an area, such as the interval of a forecast, below the curves.</summary>
    /// <param name="horizontal">What the horizontal axis counts, such as days.</param>
    /// <param name="band">The area.</param>
    /// <param name="curves">The curves, on the same scale.</param>
    public HtmlReport BandChart(string horizontal, Band band, params IReadOnlyList<Curve> curves) => Append(LineChart.Render(horizontal, curves, band));

    /// <summary>Adds a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="caption">What it shows.</param>
    public HtmlReport Image(Picture picture, string caption)
    {
        var data = Convert.ToBase64String(PngFile.Encode(picture));
        return Append($"<figure><img alt=\"{Encode(caption)}\" src=\"data:image/png;base64,{data}\"><figcaption>{Encode(caption)}</figcaption></figure>");
    }

    /// <summary>Writes the page.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => File.WriteAllText(
        path, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Encode(_title)}</title><style>{Style}</style></head>\n<body>\n{_body}</body></html>\n");

    private HtmlReport Append(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
