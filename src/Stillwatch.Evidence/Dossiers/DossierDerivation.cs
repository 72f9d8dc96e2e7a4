using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>The files of a dossier that follow from its source: whoever verifies makes them again and compares every byte.</summary>
/// <param name="State">The case.</param>
/// <param name="Findings">What was found, with pseudonyms.</param>
/// <param name="Parameters">What it was found with.</param>
/// <param name="Figures">The figures, computed again.</param>
public sealed record DossierDerivation(CaseState State, Findings Findings, CaseParameters Parameters, DossierFigures Figures)
{
    /// <summary>Derives everything from a source.</summary>
    /// <exception cref="InvalidDataException">The source is incomplete or contradicts itself.</exception>
    public static async Task<DossierDerivation> OfAsync(DossierSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var state = source.Fold();
        foreach (var entry in state.Entries)
        {
            if (entry.Content is { } digest && !source.Contents.ContainsKey(digest))
            {
                throw new InvalidDataException($"What entry {entry.Index} says is missing: content {digest}.");
            }
        }

        if (source.Contents.Keys.Except(state.Entries.Select(entry => entry.Content)).FirstOrDefault() is { } foreign)
        {
            throw new InvalidDataException($"No entry names the content {foreign}.");
        }

        var opened = source.Contents[state.Entries[0].Content ?? throw new InvalidDataException("The case was opened without findings.")];
        var findings = await CaseExcerpt.ReadAsync(opened, cancellation).ConfigureAwait(false);
        var parameters = CaseParameters.FromJson(opened.Json["parameters"]);
        var isOfCase = findings.Campaigns is [var campaign] && campaign.Id.Value == state.Campaign;
        return isOfCase && parameters.FindingsDigest == state.FindingsDigest
            ? new(state, findings, parameters, DossierFigures.Compute(findings, parameters, source.Samples))
            : throw new InvalidDataException("The findings in the dossier are not those that the case was opened over.");
    }

    /// <summary>The derived files with their names.</summary>
    public async Task<IReadOnlyList<(string Name, byte[] Content)>> FilesAsync(
        DossierSource source, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var origin = SignedCheckpoint.ParseUnverified(source.Checkpoint).Checkpoint.Origin;
        return
        [
            ("findings.json", await CaseExcerpt.WriteAsync(Findings, cancellation).ConfigureAwait(false)),
            ("figures.json", JsonCanonicalization.Canonicalize(Figures.Json)),
            ("timeline.json", JsonCanonicalization.Canonicalize(new JsonObject { ["events"] = Timeline(source) })),
            ("narrative.html", Encoding.UTF8.GetBytes(new DossierNarrative(source, this).Write())),
            ("README.txt", Encoding.UTF8.GetBytes(DossierInstructions.Text(source.Number, origin))),
            ("verify.go", DossierInstructions.GoProgram()),
        ];
    }

    /// <summary>What happened when, in order; times of the campaign are those of the findings.</summary>
    public IReadOnlyList<DossierEvent> Events(DossierSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var campaign = Findings.Campaigns[0];
        var events = State.Entries.Select(entry => Event(entry, source)).ToList();
        Add(campaign.FirstSeen, "First interaction of the campaign's accounts.");
        Add(campaign.AlertedAt, "The campaign was first reported.");
        Add(campaign.LastSeen, "Last interaction of the campaign's accounts.");
        foreach (var stamp in source.Timestamps)
        {
            var what = $"A timestamp authority stamped the log's checkpoint of {stamp.Size} entries: those below it existed then.";
            Add(stamp.Token.At, what);
        }

        return [.. events.OrderBy(one => one.At)];

        void Add(DateTimeOffset? at, string what)
        {
            if (at is { } known)
            {
                events.Add(new(known, what, null, null));
            }
        }
    }

    private static DossierEvent Event(CaseEntry entry, DossierSource source)
    {
        var content = entry.Content is { } digest ? source.Contents[digest] : null;
        var verdict = entry.Verdict is { } decided ? $": {CasePolicy.NameOf(decided)}" : string.Empty;
        var about = content?.Accounts is { Count: > 0 } accounts
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", {accounts.Count} accounts")
            : string.Empty;
        var said = content?.Member("text") is { } text ? $". {text}" : string.Empty;
        return new(entry.Entry.At, $"Case {CaseEntry.NameOf(entry.Step)}{verdict}{about}{said}", content?.Member("by"), entry.Index);
    }

    private JsonArray Timeline(DossierSource source) => [.. Events(source).Select(one => (JsonNode)one.ToJson())];
}
