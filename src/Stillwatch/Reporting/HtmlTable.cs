namespace Stillwatch.Reporting;

/// <summary>The frame around the rows of a table: a region that scrolls, can be reached by keyboard, and says what it holds.</summary>
internal static class HtmlTable
{
    /// <param name="html">Where to.</param>
    /// <param name="label">What the table holds.</param>
    /// <param name="columns">The columns' titles; one that begins with <c>#</c> is over figures.</param>
    public static void Begin(HtmlMarkup html, string label, params ReadOnlySpan<string> columns)
    {
        html.Add($"""<div class="scroll" role="region" aria-label="{label}" tabindex="0"><table><thead><tr>""");
        foreach (var title in columns)
        {
            var figures = title.StartsWith('#');
            html.Add($"""<th scope="col" class="{(figures ? "number" : "")}">{(figures ? title[1..] : title)}</th>""");
        }

        html.Add($"</tr></thead><tbody>\n");
    }

    public static void End(HtmlMarkup html) => html.Add($"</tbody></table></div>\n");

    /// <summary>A cell with a count.</summary>
    public static void Figure(HtmlMarkup html, long figure) => html.Add($"""<td class="number">{Wording.Number(figure)}</td>""");

    /// <summary>That a bounded table leaves something out, if it does.</summary>
    public static void Rest(HtmlMarkup html, int rest, string noun)
    {
        if (rest > 0)
        {
            html.Add($"""<p class="hint">And {Wording.Count(rest, noun)} more; the findings file has all.</p>""");
        }
    }
}
