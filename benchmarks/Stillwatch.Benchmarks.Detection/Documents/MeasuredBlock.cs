namespace Stillwatch.Benchmarks.Detection.Documents;

/// <summary>A part of a page that one command of this program prints.</summary>
/// <param name="Arguments">What the command is given, with the placeholders of <see cref="MeasuredArguments"/>.</param>
/// <param name="Start">The page's line that tells them.</param>
/// <param name="End">The page's line that ends the part.</param>
internal sealed record MeasuredBlock(string Arguments, int Start, int End)
{
    private const string Opening = "<!-- measured: ";
    private const string Closing = " -->";
    private const string Last = "<!-- end of what was measured -->";
    private const string Fence = "```";

    /// <summary>The parts of a page, in their order.</summary>
    /// <exception cref="FormatException">A part does not end, or ends without having begun.</exception>
    public static IReadOnlyList<MeasuredBlock> Find(IReadOnlyList<string> lines)
    {
        var blocks = new List<MeasuredBlock>();
        int? start = null;
        for (var line = 0; line < lines.Count; line++)
        {
            if (lines[line] == Last)
            {
                var from = start ?? throw new FormatException($"line {line + 1} ends what was measured, but nothing begins before it.");
                blocks.Add(new MeasuredBlock(lines[from][Opening.Length..^Closing.Length].Trim(), from, line));
                start = null;
            }
            else if (lines[line].StartsWith(Opening, StringComparison.Ordinal) && lines[line].EndsWith(Closing, StringComparison.Ordinal))
            {
                start = start is null ? line : throw new FormatException($"line {start + 1} begins what was measured and nothing ends it.");
            }
        }

        return start is null ? blocks : throw new FormatException($"line {start + 1} begins what was measured and nothing ends it.");
    }

    /// <summary>The page's lines with what the command printed between the part's first and last line.</summary>
    public IReadOnlyList<string> Replace(IReadOnlyList<string> lines, string output) =>
    [
        .. lines.Take(Start + 1), Fence, $"./stillwatch-bench {Arguments}", Fence, "",
        .. output.ReplaceLineEndings("\n").Trim('\n').Split('\n'), "", .. lines.Skip(End),
    ];
}
