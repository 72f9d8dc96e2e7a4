using System.Runtime.InteropServices;

namespace Stillwatch.Coordination;

/// <summary>
/// Turns a dense block into a candidate group: finds what is typical of it, lets go whoever shares little of that, takes in whoever
/// shares as much, and repeats until nothing changes.
/// </summary>
/// <remarks>
/// The alternation of CopyCatch (Beutel et al., WWW 2013) between the accounts and the values of a dense block, with soft scores:
/// score(a) = Σ w·share over the typical values the account uses / Σ w·share² over all of them, so that the average member
/// has score 1 and an account that uses one popular part of a rich core has a score near 0. Not thread-safe.
/// </remarks>
internal sealed class GroupRefinement
{
    private const int MaxRounds = 6;
    private const int MaxCore = 96;

    /// <summary>An account whose score reaches this share of what a member needs is worth a look.</summary>
    private const double NearbyShare = 0.7;

    private readonly SharingGraph _graph;
    private readonly GroupingOptions _options;
    private readonly Dictionary<int, int> _counts = [];
    private readonly HashSet<int> _seen = [];

    public GroupRefinement(SharingGraph graph, GroupingOptions options) => (_graph, _options) = (graph, options);

    /// <summary>The group a block refines to; null if nothing holds it together.</summary>
    public CandidateGroup? Refine(SharingView view, IEnumerable<int> block)
    {
        var members = new HashSet<int>(block);
        var core = new List<CoreValue>();
        var scores = new Dictionary<int, double>();
        for (var round = 0; round < MaxRounds; round++)
        {
            core = Core(members);
            if (core.Count == 0)
            {
                return null;
            }

            scores = Score(core);
            var kept = scores.Where(pair => pair.Value >= _options.MinMemberScore).Select(pair => pair.Key).ToHashSet();
            if (CountParties(kept) < _options.MinParties)
            {
                return null;
            }

            if (kept.SetEquals(members))
            {
                break;
            }

            members = kept;
        }

        return Group(view, members, core, scores);
    }

    private CandidateGroup Group(SharingView view, HashSet<int> members, List<CoreValue> core, Dictionary<int, double> scores)
    {
        var ordered = members.Order().ToArray();
        var outside = scores.Where(pair => !members.Contains(pair.Key)).Select(pair => pair.Value).Order().ToArray();
        var nearby = scores
            .Where(pair => !members.Contains(pair.Key) && pair.Value >= NearbyShare * _options.MinMemberScore)
            .Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key).ToArray();
        return new CandidateGroup(
            view, ordered, ordered.Select(member => scores[member]).ToArray(), core, CountParties(members), nearby, outside);
    }

    /// <summary>Values that many parties of the group use and few outside, the most widely shared first.</summary>
    private List<CoreValue> Core(HashSet<int> members)
    {
        _counts.Clear();
        _seen.Clear();
        var parties = CountParties(members);
        foreach (var (value, _) in PartyValues(members))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, value, out _)++;
        }

        var least = Math.Max(3, _options.MinCoreShare * parties);
        return _counts
            .Where(pair => pair.Value >= least && Lift(pair.Key, pair.Value, parties) >= _options.MinCoreLift)
            .Select(pair => new CoreValue(pair.Key, pair.Value, (double)pair.Value / parties))
            .OrderByDescending(core => core.Members * _graph.Value(core.Value).Weight).ThenBy(core => core.Value)
            .Take(MaxCore).ToList();
    }

    private double Lift(int value, int users, int parties) =>
        (double)users / parties / ((double)_graph.Value(value).Parties / _graph.PartyCount);

    /// <summary>Each value once a party.</summary>
    private IEnumerable<(int Value, int Party)> PartyValues(HashSet<int> members)
    {
        var pairs = new HashSet<(int, int)>();
        foreach (var member in members)
        {
            var party = _graph.PartyOf(member);
            foreach (var use in _graph.UsesOf(member).ToArray())
            {
                if (_graph.Value(use.Value).Weight > 0 && pairs.Add((use.Value, party)))
                {
                    yield return (use.Value, party);
                }
            }
        }
    }

    /// <summary>Scores of all accounts that use any typical value.</summary>
    private Dictionary<int, double> Score(List<CoreValue> core)
    {
        var scores = new Dictionary<int, double>();
        var average = 0.0;
        foreach (var value in core)
        {
            var weight = _graph.Value(value.Value).Weight * value.Share;
            average += weight * value.Share;
            foreach (var user in _graph.UsersOf(value.Value))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(scores, user, out _) += weight;
            }
        }

        foreach (var account in scores.Keys.ToArray())
        {
            scores[account] /= average;
        }

        return scores;
    }

    private int CountParties(HashSet<int> members)
    {
        _seen.Clear();
        foreach (var member in members)
        {
            _seen.Add(_graph.PartyOf(member));
        }

        return _seen.Count;
    }
}
