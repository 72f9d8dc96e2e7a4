using System.Runtime.InteropServices;
using Stillwatch.Sketching;

namespace Stillwatch.Coordination;

/// <summary>Collects sightings and builds a <see cref="SharingGraph"/>. Cost and memory linear in the sightings.</summary>
internal sealed class SharingGraphBuilder
{
    /// <summary>Values that more than this share of all parties use weigh nothing.</summary>
    public const double PopularShare = 0.1;

    /// <summary>How much a value that nobody else uses counts in an account's norm, relative to the rarest shared one.</summary>
    private const double OwnValueWeight = 0.5;

    private const int FullPhraseWords = 4;

    private readonly AccountParties _parties;
    private readonly Dictionary<ulong, int> _index = [];
    private readonly List<(SharedValueKind Kind, ulong Hash)> _values = [];
    private readonly List<(int Account, int Value, float Share)> _sightings = [];

    public SharingGraphBuilder(AccountParties parties) => _parties = parties;

    /// <summary>Adds one sighting; each pair of account and value at most once.</summary>
    public void Add(in ValueSighting sighting)
    {
        var key = XxHash64.Combine(sighting.Hash, (ulong)sighting.Kind);
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, key, out var known);
        if (!known)
        {
            index = _values.Count;
            _values.Add((sighting.Kind, sighting.Hash));
        }

        _sightings.Add((sighting.Account, index, sighting.Share));
    }

    /// <summary>The graph of everything added.</summary>
    public SharingGraph Build()
    {
        var sightings = _sightings.ToArray();
        var parties = CountParties(sightings);
        var (values, renumbered) = Shared(parties);
        var (start, uses) = AccountRows(sightings, values, renumbered);
        var (valueStart, users) = ValueRows(start, uses, values.Length);
        return new SharingGraph(new SharingGraphRows(start, uses, valueStart, users), values, _parties);
    }

    /// <summary>How many parties use each value; only of accounts of one organization several may use it.</summary>
    private int[] CountParties((int Account, int Value, float Share)[] sightings)
    {
        var counts = new int[_values.Count];
        var organized = new List<ulong>();
        foreach (var (account, value, _) in sightings)
        {
            if (_parties.IsAlone[account])
            {
                counts[value]++;
            }
            else
            {
                organized.Add(((ulong)(uint)value << 32) | (uint)_parties.Party[account]);
            }
        }

        organized.Sort();
        for (var i = 0; i < organized.Count; i++)
        {
            counts[organized[i] >> 32] += i == 0 || organized[i] != organized[i - 1] ? 1 : 0;
        }

        return counts;
    }

    private (SharedValue[] Values, int[] Renumbered) Shared(int[] parties)
    {
        var shared = new List<SharedValue>();
        var renumbered = new int[parties.Length];
        var order = Enumerable.Range(0, parties.Length).Where(index => parties[index] >= 2)
            .OrderBy(index => _values[index].Kind).ThenBy(index => _values[index].Hash);
        Array.Fill(renumbered, -1);
        foreach (var index in order)
        {
            renumbered[index] = shared.Count;
            shared.Add(new SharedValue(_values[index].Kind, _values[index].Hash, parties[index], Weight(index, parties[index])));
        }

        return (shared.ToArray(), renumbered);
    }

    private float Weight(int index, int parties) =>
        parties > PopularShare * _parties.Count ? 0 : (float)(Specificity(_values[index]) * Math.Log((double)_parties.Count / parties));

    /// <summary>Headings of a word or two are typed by anybody; from four words on a phrase counts in full.</summary>
    private static double Specificity((SharedValueKind Kind, ulong Hash) value) =>
        value.Kind == SharedValueKind.Phrase ? Math.Min(1.0, PhraseFingerprint.Words(value.Hash) / (double)FullPhraseWords) : 1;

    private (int[] Start, ValueUse[] Uses) AccountRows(
        (int Account, int Value, float Share)[] sightings, SharedValue[] values, int[] renumbered)
    {
        var norms = new double[_parties.Party.Length];
        var start = new int[_parties.Party.Length + 1];
        var own = Math.Log(_parties.Count) * OwnValueWeight;
        foreach (var (account, value, share) in sightings)
        {
            var index = renumbered[value];
            var load = (index < 0 ? own : values[index].Weight) * Math.Sqrt(share);
            norms[account] += load * load;
            start[account + 1] += index < 0 ? 0 : 1;
        }

        Accumulate(start);
        var uses = new ValueUse[start[^1]];
        var next = start.ToArray();
        foreach (var (account, value, share) in sightings)
        {
            if (renumbered[value] is >= 0 and var index)
            {
                var load = norms[account] > 0 ? values[index].Weight * Math.Sqrt(share) / Math.Sqrt(norms[account]) : 0;
                uses[next[account]++] = new ValueUse(index, (float)load);
            }
        }

        for (var account = 0; account + 1 < start.Length; account++)
        {
            uses.AsSpan(start[account]..start[account + 1]).Sort(static (left, right) => left.Value.CompareTo(right.Value));
        }

        return (start, uses);
    }

    private static (int[] Start, int[] Users) ValueRows(int[] accountStart, ValueUse[] uses, int values)
    {
        var start = new int[values + 1];
        foreach (var use in uses)
        {
            start[use.Value + 1]++;
        }

        Accumulate(start);
        var users = new int[uses.Length];
        var next = start.ToArray();
        for (var account = 0; account + 1 < accountStart.Length; account++)
        {
            for (var i = accountStart[account]; i < accountStart[account + 1]; i++)
            {
                users[next[uses[i].Value]++] = account;
            }
        }

        return (start, users);
    }

    private static void Accumulate(int[] counts)
    {
        for (var i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }
}
