using System.Globalization;
using System.Text;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Provenance.Tests.Reports;

/// <summary>Inputs of lineage tests, made of lines.</summary>
internal static class Inputs
{
    public static ReportInput Of(InputRole role, params IEnumerable<string> lines) =>
        new(role, $"{ReportInput.NameOf(role)}.jsonl", Encoding.UTF8.GetBytes(string.Concat(lines.Select(static line => $"{line}\n"))));

    public static string Tokens(int[] tokens) => $"{{\"tokens\":[{string.Join(',', tokens)}]}}";

    public static string Said(string prompt, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"prompt\":\"{prompt}\",\"text\":\"{text}\"}}");
}
