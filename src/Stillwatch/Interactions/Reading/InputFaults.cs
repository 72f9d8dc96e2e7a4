using System.Collections.Immutable;

namespace Stillwatch.Interactions.Reading;

/// <summary>Collects what is wrong with the input, from any thread, in bounded memory.</summary>
/// <param name="strict">Whether the first fault ends the reading by an <see cref="InputFaultException"/>.</param>
public sealed class InputFaults(bool strict = false)
{
    /// <summary>How many faults of each kind are kept word for word.</summary>
    public const int Kept = 20;

    private static readonly Comparer<InputFault> ByPosition =
        Comparer<InputFault>.Create(static (x, y) => x.Position.CompareTo(y.Position));

    private readonly Lock _gate = new();
    private readonly Tally _rejected = new();
    private readonly Tally _repaired = new();

    /// <summary>Whether the first fault ends the reading.</summary>
    public bool Strict => strict;

    /// <summary>Counts a record that gave no interaction.</summary>
    /// <exception cref="InputFaultException">The reading is strict.</exception>
    public void Reject(InputFault fault) => Add(_rejected, fault);

    /// <summary>Counts a member that was dropped or cut while its interaction was kept.</summary>
    /// <exception cref="InputFaultException">The reading is strict.</exception>
    public void Repair(InputFault fault) => Add(_repaired, fault);

    /// <summary>All that was collected so far.</summary>
    public InputFaultsSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new(_rejected.Snapshot(), _repaired.Snapshot());
        }
    }

    private void Add(Tally tally, InputFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_gate)
        {
            tally.Add(fault);
        }

        if (strict)
        {
            throw new InputFaultException(fault);
        }
    }

    private sealed class Tally
    {
        private readonly List<InputFault> _first = new(Kept + 1);
        private readonly long[] _counts = new long[Enum.GetValues<InputFaultReason>().Length];

        public void Add(InputFault fault)
        {
            _counts[(int)fault.Reason]++;
            if (_first.Count == Kept && fault.Position >= _first[^1].Position)
            {
                return;
            }

            var at = _first.BinarySearch(fault, ByPosition);
            _first.Insert(at < 0 ? ~at : at + 1, fault);
            if (_first.Count > Kept)
            {
                _first.RemoveAt(Kept);
            }
        }

        public InputFaultTally Snapshot()
        {
            var byReason = ImmutableSortedDictionary.CreateBuilder<InputFaultReason, long>();
            for (var i = 0; i < _counts.Length; i++)
            {
                if (_counts[i] > 0)
                {
                    byReason.Add((InputFaultReason)i, _counts[i]);
                }
            }

            return new(_counts.Sum(), byReason.ToImmutable(), [.. _first]);
        }
    }
}
