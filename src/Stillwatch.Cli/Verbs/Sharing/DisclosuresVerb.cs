using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Disclosures;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Shows what was given to whom.</summary>
internal static class DisclosuresVerb
{
    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();

    public static VerbCommand Create() => new("disclosures", "Show what was given out: when, in which form, to whom, under which marking.")
    {
        Options = { Log, VerifierKey },
        Examples = [("What was given to whom?", "stillwatch share disclosures --log evidence --vkey evidence.key.pub")],
        Work = static async (parsed, _, cancellation) =>
        {
            var text = new StringBuilder();
            var key = TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey));
            foreach (var (index, entry) in DisclosureLog.Read(parsed.GetRequiredValue(Log), key))
            {
                cancellation.ThrowIfCancellationRequested();
                text.Append(Printable.Clean(Describe(index, entry))).Append('\n');
            }

            await SharingOptions.WriteAsync(null, Encoding.UTF8.GetBytes(text.ToString()), cancellation);
            return ExitStatus.Done;
        },
    };

    private static string Describe(ulong index, DecisionEntry entry)
    {
        var about = entry.Subject.StartsWith("case/", StringComparison.Ordinal) ? $", {entry.Subject}" : string.Empty;
        IEnumerable<string> parts =
        [
            string.Create(CultureInfo.InvariantCulture, $"entry {index}  {entry.At:yyyy-MM-dd HH:mm:ss}Z"),
            $"{Member(entry, "what")} to {Member(entry, "recipient")}{about}",
            Member(entry, "marking"),
            $"{Member(entry, "items")} items",
            Member(entry, "purpose"),
        ];
        return string.Join("  ", parts.Where(static part => part.Length > 0));
    }

    private static string Member(DecisionEntry entry, string name) => entry.Body[name] is JsonValue value ? value.ToString() : string.Empty;
}
