using Stillwatch.Campaigns;

namespace Stillwatch.Evidence.Cases;

/// <summary>One case, as a fold over its entries says it stands.</summary>
/// <param name="Number">From 1 on, in the order of opening.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Entries">Its entries in their order; those that no rule allows are not among them.</param>
public sealed record CaseState(int Number, CaseStatus Status, IReadOnlyList<CaseEntry> Entries)
{
    /// <summary>The verdict decided or proposed; null if there is none.</summary>
    public Consequence? Verdict { get; private init; }

    /// <summary>The step that decided or proposed it.</summary>
    public CaseEntry? Decision { get; private init; }

    /// <summary>The step whose verdict and accounts are in force, also while it is appealed; null if none is.</summary>
    public CaseEntry? InForce { get; private init; }

    /// <summary>Who decided, and who confirmed: an appeal is decided by somebody else.</summary>
    public IReadOnlyList<string> Deciders { get; private init; } = [];

    /// <summary>The campaign that the case is about.</summary>
    public string Campaign => Entries[0].Member("campaign") ?? string.Empty;

    /// <summary>SHA-256 of the findings file that the case was opened over, in hexadecimal digits.</summary>
    public string FindingsDigest => Entries[0].Member("findings") ?? string.Empty;

    /// <summary>The latest entry.</summary>
    public CaseEntry Latest => Entries[^1];

    /// <summary>A case that begins.</summary>
    internal static CaseState Begin(int number, CaseEntry opened) => new(number, CaseStatus.Open, [opened]);

    /// <summary>The case after a step that the rules allow.</summary>
    internal CaseState After(CaseEntry entry)
    {
        var state = this with { Entries = [.. Entries, entry] };
        return entry.Step switch
        {
            CaseStep.Proposed => Decide(state, entry, CaseStatus.Proposed),
            CaseStep.Decided => Decide(state, entry, CaseStatus.Decided) with { InForce = entry },
            CaseStep.Confirmed =>
                state with { Status = CaseStatus.Decided, InForce = Decision, Deciders = [.. Deciders, entry.Entry.Actor] },
            CaseStep.Reopened => state with { Status = CaseStatus.Open, Verdict = null, Decision = null, InForce = null, Deciders = [] },
            CaseStep.Appealed => state with { Status = CaseStatus.Appealed },
            CaseStep.Deleted => state with { Status = CaseStatus.Deleted },
            _ => state,
        };
    }

    private static CaseState Decide(CaseState state, CaseEntry entry, CaseStatus status) =>
        state with { Status = status, Verdict = entry.Verdict, Decision = entry, Deciders = [entry.Entry.Actor] };
}
