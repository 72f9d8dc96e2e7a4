using System.Runtime.InteropServices;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>The search of <see cref="CopyCatch"/> from one object.</summary>
/// <param name="actions">Who acted on what, and when first.</param>
/// <param name="options">How to look.</param>
internal sealed class CopyCatchSearch(FirstActions actions, CopyCatchOptions options)
{
    private readonly double _maxApart = options.MaxApart.TotalMilliseconds;

    /// <summary>The members with the number of the group's objects that each acted on, and these objects, ascending.</summary>
    public (Dictionary<int, int> Members, int[] Objects) Run(int seed)
    {
        var middle = Mean(actions.OnObject(seed));
        var members = new Dictionary<int, int>();
        foreach (var (account, at) in actions.OnObject(seed))
        {
            if (Math.Abs(at - middle) <= _maxApart)
            {
                members[account] = 1;
            }
        }

        var (centres, objects) = (new Dictionary<int, double>(), Array.Empty<int>());
        for (var round = 0; round < options.Rounds && members.Count > 0; round++)
        {
            (centres, var next) = Centres(members.Keys, centres, middle);
            members = Members(next, centres);
            if (next.SequenceEqual(objects))
            {
                break;
            }

            objects = next;
        }

        return (members, objects);
    }

    /// <summary>The objects with most members near the centre, and the mean times there.</summary>
    private (Dictionary<int, double> Centres, int[] Objects) Centres(
        IEnumerable<int> members, Dictionary<int, double> centres, double middle)
    {
        var sums = new Dictionary<int, (int Count, double Sum)>();
        foreach (var member in members)
        {
            foreach (var (target, at) in actions.OfAccount(member))
            {
                if (Math.Abs(at - centres.GetValueOrDefault(target, middle)) <= _maxApart)
                {
                    ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, target, out _);
                    sum = (sum.Count + 1, sum.Sum + at);
                }
            }
        }

        var most = sums.OrderByDescending(static pair => pair.Value.Count).ThenBy(static pair => pair.Key)
            .Take((int)(options.Relaxation * options.Objects)).ToArray();
        return (
            most.ToDictionary(static pair => pair.Key, static pair => pair.Value.Sum / pair.Value.Count),
            [.. most.Take(options.Objects).Select(static pair => pair.Key).Order()]);
    }

    private Dictionary<int, int> Members(int[] objects, Dictionary<int, double> centres)
    {
        var counts = new Dictionary<int, int>();
        foreach (var target in objects)
        {
            foreach (var (account, at) in actions.OnObject(target))
            {
                if (Math.Abs(at - centres[target]) <= _maxApart)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, account, out _)++;
                }
            }
        }

        return counts.Where(pair => pair.Value >= options.MinShare * options.Objects).ToDictionary();
    }

    private static double Mean(ReadOnlySpan<(int Account, long At)> uses)
    {
        var sum = 0.0;
        foreach (var (_, at) in uses)
        {
            sum += at;
        }

        return sum / uses.Length;
    }
}
