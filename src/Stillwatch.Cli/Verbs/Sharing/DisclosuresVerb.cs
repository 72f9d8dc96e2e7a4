using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Sharing.Disclosures;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Shows what was given to whom.</summary>
internal static class DisclosuresVerb
{
    private static readonly Option<string> File = SharingOptions.Disclosures();

    public static VerbCommand Create() => new("disclosures", "Show what was given out: when, in which form, to whom, under which marking.")
    {
        Options = { File },
        Examples = [("What was given to whom?", "stillwatch share disclosures")],
        Work = static async (parsed, _, cancellation) =>
        {
            var text = new StringBuilder();
            foreach (var one in DisclosureFile.Read(parsed.GetRequiredValue(File)))
            {
                var (recipient, purpose) = (Printable.Clean(one.Recipient), Printable.Clean(one.Purpose));
                text.Append(CultureInfo.InvariantCulture, $"{one.GivenAt:yyyy-MM-dd HH:mm:ss}Z  {one.Kind}  {recipient}  ")
                    .Append(CultureInfo.InvariantCulture, $"{one.Marking}  {one.Items.Count} items  {purpose}\n");
            }

            await SharingOptions.WriteAsync(null, Encoding.UTF8.GetBytes(text.ToString()), cancellation);
            return ExitStatus.Done;
        },
    };
}
