using System.Text;
using Stillwatch.Hunting;

namespace Stillwatch.Reporting;

/// <summary>A hunt's result as one HTML file that holds everything it needs and opens offline.</summary>
/// <remarks>
/// The page asks the network for nothing and its content security policy forbids it to. Equal results give equal bytes. Size is
/// bounded whatever was found: beside the chart library (1.1 MB) a page has at most some megabytes; the findings file names what is
/// only counted here. No text of a prompt is in it beyond what the labels of <see cref="PictureValue"/> hold.
/// </remarks>
public static class HuntHtml
{
    /// <param name="result">What to show.</param>
    /// <param name="utf8">Where to; neither flushed nor closed.</param>
    public static void Write(HuntResult result, Stream utf8)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(utf8);
        var content = new ReportContent(HuntReport.Of(result));
        var rest = ReportAssets.Frame.AsSpan();
        while (rest.IndexOf("{{") is var start and >= 0)
        {
            var end = rest.IndexOf("}}");
            utf8.Write(Encoding.UTF8.GetBytes(rest[..start].ToString()));
            utf8.Write(Fill(rest[(start + 2)..end], content).Span);
            rest = rest[(end + 2)..];
        }

        utf8.Write(Encoding.UTF8.GetBytes(rest.ToString()));
    }

    private static ReadOnlyMemory<byte> Fill(ReadOnlySpan<char> slot, ReportContent content) => slot switch
    {
        "policy" => Encoding.UTF8.GetBytes(ReportAssets.Policy),
        "title" => Encoding.UTF8.GetBytes(Headline.Title(content.Report)),
        "style" => ReportAssets.Style,
        "body" => Encoding.UTF8.GetBytes(ReportBody.Of(content)),
        "data" => ReportJson.Of(content),
        "charts" => ReportAssets.Charts,
        "script" => ReportAssets.Script,
        _ => throw new InvalidOperationException($"The frame of the page has an unknown slot {slot}."),
    };
}
