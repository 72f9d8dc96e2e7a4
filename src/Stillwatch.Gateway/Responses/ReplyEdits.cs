namespace Stillwatch.Gateway.Responses;

/// <summary>All that a response changes about one reply; every other byte stays as it is. Used by one thread at a time.</summary>
internal sealed class ReplyEdits
{
    private readonly ReasoningRemoval? _hides;
    private readonly ReplyPerturbation? _noise;

    private ReplyEdits(ReasoningRemoval? hides, ReplyPerturbation? noise) => (_hides, _noise) = (hides, noise);

    /// <summary>Whether noise is put on probabilities. What cannot be read is not passed on then.</summary>
    public bool IsNoisy => _noise is not null;

    /// <summary>How many events or bodies lost reasoning.</summary>
    public int HiddenCount => _hides?.Count ?? 0;

    /// <summary>The edits; null for none.</summary>
    public static ReplyEdits? Of(ReasoningRemoval? hides, ReplyPerturbation? noise) =>
        hides is null && noise is null ? null : new(hides, noise);

    /// <summary>Changes an event's data or a whole reply.</summary>
    /// <param name="data">As it came.</param>
    /// <param name="isEvent">Whether it is an event.</param>
    /// <param name="edited">As it is sent on, where it changes.</param>
    public ReplyEditOutcome Edit(ReadOnlySpan<byte> data, bool isEvent, out byte[]? edited)
    {
        edited = null;
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
