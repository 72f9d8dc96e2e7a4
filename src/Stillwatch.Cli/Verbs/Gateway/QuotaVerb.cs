using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Shows how the limits of a running gateway stand.</summary>
internal static class QuotaVerb
{
    private static readonly Option<string> Gateway = new("--gateway")
    {
        HelpName = "URL",
        Description = "A running gateway's administration listener ('admin' in its configuration).",
        DefaultValueFactory = static _ => "http://127.0.0.1:8081",
    };

    public static Command Create() => new("quota", "See how the limits of a running gateway stand.") { Subcommands = { Show() } };

    private static VerbCommand Show() => new("show", "Show every count of which anything is used: its cap, what is held, what is spent.")
    {
        Options = { Gateway },
        Examples = [("Who is near a limit?", "stillwatch quota show --gateway http://127.0.0.1:8081")],
        Work = static async (parsed, _, cancellation) =>
        {
            var page = await GatewayAdministration.ReadAsync(parsed.GetRequiredValue(Gateway), "/quotas", cancellation);
            var lines = new StringBuilder();
            foreach (var count in page["counts"]?.AsArray() ?? [])
            {
                lines.Append(Printable.Clean(Describe(count!.AsObject()))).Append('\n');
            }

            await CaseOptions.SayAsync(lines.Length == 0 ? "nothing is used of any limit\n" : lines.ToString(), cancellation);
            return ExitStatus.Done;
        },
    };

    private static string Describe(JsonObject count)
    {
        var (cap, held, spent) = (count["cap"]!.GetValue<long>(), count["held"]!.GetValue<long>(), count["spent"]!.GetValue<long>());
        var scope = (string?)count["for"] is { Length: > 0 } one ? one : "everybody";
        var window = (double?)count["windowSeconds"] is { } seconds ? $"in {seconds.ToString(CultureInfo.InvariantCulture)} s" : "in all";
        var unit = (string?)count["measure"] == "money" ? 1_000_000m : 1m;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count["limit"]}  {scope}: {spent / unit} spent, {held / unit} held of {cap / unit} {count["measure"]} {window}");
    }
}
