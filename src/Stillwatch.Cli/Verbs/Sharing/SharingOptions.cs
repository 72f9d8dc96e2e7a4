using System.CommandLine;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Options that mean the same with every verb that gives something out.</summary>
internal sealed class SharingOptions
{
    private static readonly Dictionary<string, TrafficLight> Markings = new()
    {
        ["clear"] = TrafficLight.Clear,
        ["green"] = TrafficLight.Green,
        ["amber"] = TrafficLight.Amber,
        ["amber+strict"] = TrafficLight.AmberStrict,
        ["red"] = TrafficLight.Red,
    };

    private readonly Option<string> _pseudonymKey = new("--pseudonym-key")
    {
        HelpName = "FILE",
        Description = "The secret that pseudonyms and ids are made with; made where it is absent. Keep it: without it nothing can be "
            + "withdrawn.",
        DefaultValueFactory = static _ => "stillwatch-sharing.key",
    };

    private readonly Option<string> _producer = new("--producer")
    {
        HelpName = "NAME",
        Description = "The name that what is shared carries.",
        DefaultValueFactory = static _ => new CampaignExportOptions().Producer,
    };

    private readonly Option<string> _marking = new Option<string>("--marking")
    {
        HelpName = string.Join('|', Markings.Keys),
        Description = "How far it may go on (Traffic Light Protocol 2.0).",
        DefaultValueFactory = static _ => "amber+strict",
    }.AcceptOnlyFromAmong([.. Markings.Keys]);

    private readonly Option<string> _recipient = new("--to")
    {
        HelpName = "WHOM",
        Description = "Who gets it; goes into the log.",
        Required = true,
    };

    private readonly Option<string> _purpose = new("--purpose")
    {
        HelpName = "WHY",
        Description = "Why it is given; goes into the log, so name no customer.",
        DefaultValueFactory = static _ => "indicators of model extraction",
    };

    private readonly DisclosureOptions _disclosures = new();

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        foreach (var option in (ReadOnlySpan<Option>)[_pseudonymKey, _producer, _marking, _recipient, _purpose])
        {
            verb.Add(option);
        }

        _disclosures.AddTo(verb);
    }

    public PseudonymKey Key(ParseResult parsed) =>
        new(SecretFile.ReadOrCreate(parsed.GetRequiredValue(_pseudonymKey), PseudonymKey.KeyBytes));

    public string Producer(ParseResult parsed) => parsed.GetRequiredValue(_producer);

    public TrafficLight Marking(ParseResult parsed) => Markings[parsed.GetRequiredValue(_marking)];

    public string Recipient(ParseResult parsed) => parsed.GetRequiredValue(_recipient);

    public string Purpose(ParseResult parsed) => parsed.GetRequiredValue(_purpose);

    /// <summary>Records a disclosure, then writes what it is of.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="disclosure">What is given.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="cancellation">Stops before anything is recorded, or leaves the file as it was.</param>
    public async Task GiveAsync(
        ParseResult parsed, Disclosure disclosure, Func<CancellationToken, Task> write, CancellationToken cancellation)
    {
        using var open = Open(parsed);
        await open.Gate.GiveAsync(disclosure, write, cancellation);
    }

    /// <summary>The way out, over the log.</summary>
    public OpenGate Open(ParseResult parsed) => _disclosures.Open(parsed);

    /// <summary>Writes bytes to a file or to standard output.</summary>
    public static Task WriteAsync(string? path, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
        ResultTarget.WriteAsync(path, async (stream, token) => await stream.WriteAsync(content, token), cancellation);

    /// <summary>The findings of a file, and when the log that they are of ended.</summary>
    public static async Task<(Findings Findings, DateTimeOffset Time)> FindingsAsync(string path, CancellationToken cancellation)
    {
        await using var file = InputStream.Open(path);
        var findings = await FindingsJson.ReadAsync(file, path, cancellation);
        return (findings, findings.To ?? TimeProvider.System.GetUtcNow());
    }

    /// <summary>The campaigns of some names; all where none is named.</summary>
    /// <exception cref="UnusableException">There is none of a name, or none at all.</exception>
    public static IReadOnlyList<CampaignFinding> Campaigns(Findings findings, IReadOnlyList<string> names, string path)
    {
        foreach (var name in names.Where(name => findings.Campaigns.All(campaign => campaign.Id.Value != name)))
        {
            var near = NearNames.Of(name, findings.Campaigns.Select(static campaign => campaign.Id.Value));
            throw new UnusableException($"{path} has no campaign '{name}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}");
        }

        return findings.Campaigns.Count == 0
            ? throw new UnusableException($"{path} has no campaign: there is nothing to share.")
            : [.. findings.Campaigns.Where(campaign => names.Count == 0 || names.Contains(campaign.Id.Value))];
    }

    /// <summary>What campaigns were seen to use, as a file says; nothing where none is named.</summary>
    public static IReadOnlyList<CampaignObservable> Observables(string? path)
    {
        if (path is null)
        {
            return [];
        }

        using var reader = new StreamReader(InputStream.Open(path));
        return ObservablesFile.Read(reader, path);
    }
}
