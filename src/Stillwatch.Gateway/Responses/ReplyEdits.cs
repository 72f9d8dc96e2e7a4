using Stillwatch.Gateway.Marking;

namespace Stillwatch.Gateway.Responses;

/// <summary>All that responses and marks change about one reply; every other byte stays as it is. Used by one thread at a time.</summary>
internal sealed class ReplyEdits
{
    private readonly ReasoningRemoval? _hides;
    private readonly ReplyPerturbation? _noise;

    private readonly DraftReply? _drafts;

    private ReplyEdits(ReasoningRemoval? hides, ReplyPerturbation? noise, DraftReply? drafts) =>
        (_hides, _noise, _drafts) = (hides, noise, drafts);

    /// <summary>Whether noise is put on probabilities. What cannot be read is not passed on then.</summary>
    public bool IsNoisy => _noise is not null;

    /// <summary>Whether a reply that cannot be read is not passed on: it would show probabilities, or drafts that nobody chose.</summary>
    public bool MustRead => IsNoisy || _drafts is not null;

    /// <summary>How many events or bodies lost reasoning.</summary>
    public int HiddenCount => _hides?.Count ?? 0;

    /// <summary>The edits; null for none.</summary>
    public static ReplyEdits? Of(ReasoningRemoval? hides, ReplyPerturbation? noise) =>
        hides is null && noise is null ? null : new(hides, noise, drafts: null);

    /// <summary>Edits that choose among drafts first.</summary>
    public static ReplyEdits? WithDrafts(ReplyEdits? edits, DraftReply? drafts) =>
        drafts is null ? edits : new(edits?._hides, edits?._noise, drafts);

    /// <summary>Chooses one of the drafts of a whole reply.</summary>
    /// <param name="reply">As it came.</param>
    /// <param name="chosen">As it goes on to be read and edited, where it changes.</param>
    /// <returns>False where that cannot be done.</returns>
    public bool TryChoose(ReadOnlySpan<byte> reply, out byte[]? chosen)
    {
        chosen = null;
        return _drafts is null || _drafts.TryChoose(reply, out chosen);
    }

    /// <summary>Changes an event's data or a whole reply.</summary>
    /// <param name="data">As it came.</param>
    /// <param name="isEvent">Whether it is an event.</param>
    /// <param name="edited">As it is sent on, where it changes.</param>
    public ReplyEditOutcome Edit(ReadOnlySpan<byte> data, bool isEvent, out byte[]? edited)
    {
        edited = null;
        if (isEvent && _drafts is not null)
        {
            return ReplyEditOutcome.Unreadable;
        }

        if (_noise?.TryEdit(data, isEvent, out edited) == false)
        {
            return ReplyEditOutcome.Unreadable;
        }

        if (_hides is not null)
        {
            if (!_hides.TryEdit(edited ?? data, out var without))
            {
                return ReplyEditOutcome.Gone;
            }

            edited = without ?? edited;
        }

        return edited is null ? ReplyEditOutcome.Kept : ReplyEditOutcome.Changed;
    }
}
