namespace Stillwatch.Reporting;

/// <summary>Writes paragraphs and two-column entries that never exceed the width. Lines end with a line feed on every machine.</summary>
internal sealed class TableText(TextWriter writer, TableOptions options)
{
    public int Width { get; } = Math.Clamp(options.Width, TableOptions.MinWidth, TableOptions.MaxWidth);

    public void BlankLine() => writer.Write('\n');

    /// <summary>One line, cut where it does not fit.</summary>
    public void Line(string text, Ink ink = default) => WriteLine(0, Coloured(DisplayWidth.Cut(text, Width), ink));

    public void Paragraph(string text, int indent = 0, Ink ink = default)
    {
        foreach (var line in WordWrap.Lines(text, Width - indent))
        {
            WriteLine(indent, Coloured(line, ink));
        }
    }

    /// <summary>A label, then a text that is wrapped under its own beginning.</summary>
    /// <param name="label">Cut where it does not fit its column.</param>
    /// <param name="text">What is wrapped.</param>
    /// <param name="indent">Columns before the label.</param>
    /// <param name="column">Column at which the text begins.</param>
    /// <param name="ink">How the label stands out.</param>
    public void Entry(string label, string text, int indent, int column, Ink ink = default)
    {
        var head = Coloured(DisplayWidth.Fit(label, column - indent - 1), ink);
        foreach (var line in WordWrap.Lines(text, Width - column).DefaultIfEmpty(""))
        {
            WriteLine(indent, $"{head} {line}");
            head = new string(' ', column - indent - 1);
        }
    }

    /// <summary>A label, then a text on one line that keeps its spaces, cut where it does not fit.</summary>
    /// <param name="label">Cut where it does not fit its column.</param>
    /// <param name="text">What is cut.</param>
    /// <param name="indent">Columns before the label.</param>
    /// <param name="column">Column at which the text begins.</param>
    /// <param name="ink">How the label stands out.</param>
    public void Row(string label, string text, int indent, int column, Ink ink = default) =>
        WriteLine(indent, $"{Coloured(DisplayWidth.Fit(label, column - indent - 1), ink)} {DisplayWidth.Cut(text, Width - column)}");

    private void WriteLine(int indent, string text)
    {
        writer.Write(new string(' ', indent));
        writer.Write(text.TrimEnd(' '));
        writer.Write('\n');
    }

    private string Coloured(string text, Ink ink) => options.Colour ? ink.Around(text) : text;
}
