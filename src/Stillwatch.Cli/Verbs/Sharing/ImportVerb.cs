using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Stix.Import;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Shows what a hunt would make of others' bundles.</summary>
internal static class ImportVerb
{
    private static readonly Argument<string[]> Bundles = new("bundles")
    {
        HelpName = "BUNDLE",
        Description = "STIX 2.1 bundles; - is standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static VerbCommand Create() => new("import", "Check STIX 2.1 bundles of others, and show what a hunt can look for.")
    {
        Arguments = { Bundles },
        Examples =
        [
            ("Is this bundle usable?", "stillwatch share import bundle.json"),
            ("Then hunt with it", "stillwatch hunt logs/ --indicators bundle.json"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var bundles = await IndicatorFiles.BundlesAsync(parsed.GetRequiredValue(Bundles), cancellation);
            var text = Describe(IndicatorImport.Of(bundles), bundles.Sum(static bundle => bundle.Objects.Count));
            await SharingOptions.WriteAsync(null, Encoding.UTF8.GetBytes(text), cancellation);
            return ExitStatus.Done;
        },
    };

    private static string Describe(IndicatorImport import, int objects)
    {
        var text = new StringBuilder();
        foreach (var indicator in import.Indicators)
        {
            var until = indicator.ValidUntil is { } end ? StixTimestamp.Format(end) : "further notice";
            var sources = indicator.Sources.Count == 1 ? "1 source" : $"{indicator.Sources.Count} sources";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{indicator.Id}  {sources}, from {StixTimestamp.Format(indicator.ValidFrom)} until {until}\n");
        }

        foreach (var skipped in import.Skipped)
        {
            text.Append(CultureInfo.InvariantCulture, $"{skipped.Id}  does nothing: {Printable.Clean(skipped.Reason)}\n");
        }

        return $"{text}{objects} objects, {import.Indicators.Count} indicators to look for, {import.Skipped.Count} that do nothing\n";
    }
}
