using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Evaluation;
using Stillwatch.Hunting;
using Stillwatch.Statistics;
using Stillwatch.Store;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>Reads every e-value of every group that a hunt examined, also those that the hunt itself had no use for.</summary>
/// <remarks>
/// A hunt examines a group no further if its content speaks against divided work, and names no finding where nothing is shared or little
/// elicited. Left out, such values would make the rest look too large, so they are asked for here: all tests run on all groups.
/// </remarks>
internal sealed class GroupReader
{
    /// <summary>Logarithms are kept within this of 0, as JSON knows no infinity.</summary>
    public const double MaxLog10 = 9999;

    private const string Elicitation = "elicitation";
    private const string Mixed = "mixed";

    private static readonly SharedValueKind[] Templates = [SharedValueKind.Phrase, SharedValueKind.SystemPrompt, SharedValueKind.ToolSet];

    private readonly HuntExamination _examination;
    private readonly ElicitationReference _elicitation;
    private readonly Dictionary<ulong, string> _classes;

    /// <param name="examination">What was examined.</param>
    /// <param name="truth">What kind of account each is.</param>
    public GroupReader(HuntExamination examination, Truth truth)
    {
        _examination = examination;
        _classes = truth.Accounts.Values.Where(static account => account.Class is not null)
            .ToDictionary(static account => StoreKeys.Account(account.Account), static account => account.Class!);
        _elicitation = new([.. examination.Groups.Select(static group => group.Observation)]);
    }

    /// <summary>All groups, in their order.</summary>
    public IReadOnlyList<GroupReading> Read() => [.. _examination.Groups.AsParallel().AsOrdered().Select(Read)];

    private GroupReading Read(ExaminedGroup examined)
    {
        var group = examined.Observation;
        var findings = new List<EvidenceFinding>();
        var corroboration = new CombinedEvidence([], _examination.Examiner.Corroborate(group, findings)).Corroboration;
        var gate = examined.Findings.Where(static finding =>
            finding.Kind is EvidenceKind.InterchangeableContent or EvidenceKind.WorkPartition);
        var tests = gate.Concat(findings.Where(static finding => finding.Kind != EvidenceKind.Elicitation))
            .Select(static finding => Reading(finding.Code, finding.Value))
            .Concat(NothingShared(group.Group))
            .Append(Reading(Elicitation, _elicitation.Examine(group, new(), [])));
        return new(
            group.Group.View == SharingView.Template ? "template" : "infrastructure",
            MainClass(group.Group.Members),
            group.Group.Members.Count,
            Log10(examined.Content),
            Log10(corroboration),
            Log10(examined.Combined),
            [.. tests]);
    }

    private string MainClass(IReadOnlyList<int> members)
    {
        var labelled = members.Select(member => _classes.GetValueOrDefault(_examination.Population.Profiles[member].Account))
            .OfType<string>().ToList();
        var (main, count) = labelled.CountBy(static name => name).OrderByDescending(static name => name.Value)
            .ThenBy(static name => name.Key, StringComparer.Ordinal).FirstOrDefault();
        return 2 * count > labelled.Count ? main : Mixed;
    }

    /// <summary>The kinds of values of the other side of which the members share none: p = 1.</summary>
    private IEnumerable<EvidenceReading> NothingShared(CandidateGroup group)
    {
        var fromTemplates = group.View == SharingView.Template;
        var (graph, kinds) = fromTemplates
            ? (_examination.Population.Infrastructure, Enum.GetValues<SharedValueKind>().Except(Templates))
            : (_examination.Population.Templates, Templates);
        return kinds.Where(kind => SharedValuesTest.Test(graph, group.Members, kind) is { Sharing: 0 })
            .Select(static kind => Reading(SharingReasons.Code(kind), PToECalibrator.Mixture(PValue.One)));
    }

    private static EvidenceReading Reading(string code, EValue value) => new(code, Log10(value));

    private static double Log10(EValue value) => Math.Round(Math.Clamp(value.Log10, -MaxLog10, MaxLog10), 4);
}
