using System.CommandLine;
using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Evidence;
using Stillwatch.Hunting;

namespace Stillwatch.Cli.Verbs;

/// <summary>Options that say how a hunt is run, the same for every verb that hunts.</summary>
internal sealed class HuntSettings
{
    private static readonly Dictionary<string, EvidenceKind> Kinds = Enum.GetValues<EvidenceKind>()
        .ToDictionary(kind => string.Concat(kind.ToString().Select(Kebab)).TrimStart('-'));

    private readonly Option<string[]> _without = new Option<string[]>("--without")
    {
        HelpName = "KIND",
        Description = $"Evidence that is left out; may be given again. Kinds: {string.Join(", ", Kinds.Keys)}.",
        AllowMultipleArgumentsPerToken = false,
    }.AcceptOnlyFromAmong([.. Kinds.Keys]);

    private readonly Option<double> _rate = new("--false-discovery-rate")
    {
        HelpName = "RATE",
        Description = "The accepted share of false campaigns among those reported.",
        DefaultValueFactory = _ => new SuspicionOptions().FalseDiscoveryRate,
        CustomParser = static result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out var rate) || rate is not (> 0 and < 1))
            {
                result.AddError($"--false-discovery-rate takes a number above 0 and below 1, such as 0.01, not '{text}'.");
            }

            return rate;
        },
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_without);
        verb.Add(_rate);
    }

    /// <summary>The options as given.</summary>
    /// <exception cref="UnusableException">Nothing of what makes a campaign is left.</exception>
    public HuntOptions Of(ParseResult parsed, bool pictures)
    {
        var without = (parsed.GetValue(_without) ?? []).Select(kind => Kinds[kind]).ToHashSet();
        if (without.Contains(EvidenceKind.InterchangeableContent) && without.Contains(EvidenceKind.WorkPartition))
        {
            throw new UnusableException(
                "--without leaves out both interchangeable-content and work-partition; a campaign is told by at least one of them.");
        }

        return new()
        {
            Evidence = new EvidenceOptions { Without = without },
            Suspicion = new SuspicionOptions { FalseDiscoveryRate = parsed.GetValue(_rate) },
            Pictures = pictures,
        };
    }

    private static string Kebab(char character) =>
        char.IsUpper(character) ? $"-{char.ToLowerInvariant(character)}" : character.ToString();
}
