using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Stillwatch.Cli.Output;
using Stillwatch.Gateway.Organisations;
using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Policies.Onboarding;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Shows how organisations stand: tier, owners, sanctions lists.</summary>
internal static class OrganisationVerb
{
    private static readonly Option<string> Config = new("--config")
    {
        HelpName = "FILE",
        Description = "The gateway's configuration.",
        DefaultValueFactory = static _ => "stillwatch.yaml",
    };

    public static Command Create() => new("organisation", "See how the organisations of a gateway's configuration stand.")
    {
        Subcommands = { Show() },
    };

    private static VerbCommand Show() => new("show", "Show the tier that each has reached, who owns it, and what sanctions lists say.")
    {
        Options = { Config },
        Examples = [("Who has to be reviewed?", "stillwatch organisation show --config stillwatch.yaml")],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var register = ServeVerb.ReadConfiguration(parsed.GetRequiredValue(Config), terminal).Organisations
                ?? throw new UnusableException("the configuration has no member 'organisations'.");
            var lines = new StringBuilder();
            foreach (var standing in register.Standings)
            {
                Describe(lines, register, standing);
            }

            await CaseOptions.SayAsync(Printable.CleanLines(lines.ToString()), cancellation);
            return ExitStatus.Done;
        },
    };

    private static void Describe(StringBuilder lines, OrganisationRegister register, OrganisationStanding standing)
    {
        var party = standing.Party;
        lines.Append(CultureInfo.InvariantCulture, $"{party.Name}: tier {standing.Reached.Name}");
        var next = register.Tiers.Tiers.SkipWhile(tier => tier != standing.Reached).Skip(1).FirstOrDefault();
        if (next is not null)
        {
            lines.Append(CultureInfo.InvariantCulture, $"; {next.Name} needs {Names(register.Tiers.Missing(next.Name, party.Shown))}");
        }

        lines.Append('\n');
        Describe(lines, "half or more", standing.HalfOrMore);
        Describe(lines, "more than half", standing.MoreThanHalf);
        foreach (var entry in standing.Listed)
        {
            lines.Append(CultureInfo.InvariantCulture, $"  listed by its number: entry {entry.Id}, {entry.Name}\n");
        }

        foreach (var (source, entry) in register.LeadsByName(party.Name))
        {
            lines.Append(CultureInfo.InvariantCulture, $"  the same words as entry {entry.Id} of {source}: a person has to look\n");
        }
    }

    private static void Describe(StringBuilder lines, string rule, OwnershipFinding? finding)
    {
        if (finding is null)
        {
            return;
        }

        var owners = finding.Owners.Count > 0 ? $" by {string.Join(", ", finding.Owners)}" : "";
        lines.Append(
            CultureInfo.InvariantCulture,
            $"  {rule}: {NameOf(finding.Verdict)}; marked owners hold {Percent(finding.MarkedBasisPoints)}{owners}"
            + $", unknown are {Percent(finding.UnknownBasisPoints)}, through all chains {Percent(finding.LookThroughBasisPoints)}\n");
    }

    private static string Percent(int basisPoints) => string.Create(CultureInfo.InvariantCulture, $"{basisPoints / 100m:0.##} %");

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Names(OnboardingProof missing) => string.Join(
        ", ", Enum.GetValues<OnboardingProof>().Where(proof => proof != 0 && missing.HasFlag(proof)).Select(NameOf));
}
