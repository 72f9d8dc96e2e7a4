using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

/// <summary>
/// A log of actions on addresses with an attack in it, after the knobs of the notebook that comes with an open implementation of
/// SynchroTrap: how long the attack lasts, which share of its addresses is that of normal users, how many addresses it has, how often
/// accounts come again, the pauses, and how many threads work.
/// </summary>
internal sealed record AttackedLog
{
    /// <summary>All accounts of the published run.</summary>
    public const int Accounts = 916;

    /// <summary>Attacking accounts of the published run: 44 found and 4 missed.</summary>
    public const int Attackers = 48;

    public TimeSpan Attack { get; init; } = TimeSpan.FromHours(2);

    public double NormalAddressShare { get; init; } = 0.2;

    public int Pool { get; init; } = 12;

    public int Threads { get; init; } = 6;

    public TimeSpan MinPause { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The actions; attackers have the lowest numbers. Threads take accounts and addresses from their pools at random.</summary>
    public List<AccountAction> Draw(ulong seed)
    {
        var g = new SeededGenerator(seed);
        var actions = new List<AccountAction>();
        for (var account = Attackers; account < Accounts; account++)
        {
            for (var left = 1 + g.Next(12); left > 0; left--)
            {
                var address = g.NextDouble() < 0.05 ? g.Next(Accounts) : account;
                actions.Add(new(account, address, (long)(g.NextDouble() * TimeSpan.FromDays(1).TotalMilliseconds)));
            }
        }

        for (var thread = 0; thread < Threads; thread++)
        {
            var end = (long)Attack.TotalMilliseconds;
            for (var at = 0L; at < end; at += (long)(MinPause + ((MaxPause - MinPause) * g.NextDouble())).TotalMilliseconds)
            {
                var slot = g.Next(Pool);
                var address = slot < NormalAddressShare * Pool ? Attackers + slot : Accounts + slot;
                actions.Add(new(g.Next(Attackers), address, at));
            }
        }

        return actions;
    }
}
