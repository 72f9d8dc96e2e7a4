using Stillwatch.Cli.Output;
using Stillwatch.Reporting;

namespace Stillwatch.Cli.Verbs;

/// <summary>Prints the catalogue of reasons.</summary>
internal static class ReasonsVerb
{
    public static VerbCommand Create()
    {
        var target = CommonOptions.Out();
        return new("reasons", "Print the catalogue of reason codes as Markdown: meaning, test, what each cannot mean, how to answer it.")
        {
            Options = { target },
            Examples = [("What can a verdict rest on?", "stillwatch reasons --out reasons.md")],
            Work = async (parsed, _, cancellation) =>
            {
                await Terminal.WriteReportAsync(
                    parsed.GetValue(target), static console => ReasonCatalogueDocument.Write(console.Profile.Out.Writer), cancellation);
                return ExitStatus.Done;
            },
        };
    }
}
