using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>What all planners share: the scenario at its scale, the catalogues, and addresses that strangers have in common.</summary>
internal sealed class PlanningContext
{
    private const double AccountsPerExit = 150;
    private const double AccountsPerEgress = 300;

    public PlanningContext(Scenario scenario, ulong seed)
    {
        Scenario = scenario;
        Seed = RandomStream.Derive(seed, StreamPurpose.Account, StableHash.Of(scenario.Name));
        StartMs = scenario.Start.ToUnixTimeMilliseconds();
        Seconds = scenario.Days * DayWeights.SecondsPerDay;
        var models = scenario.Models.Select(model => model.Name == scenario.Release?.Model ? 0 : model.Share);
        Models = new WeightedChoice(models);
        ReleasedModel = scenario.Release is { } release ? IndexOf(release.Model) : -1;
        ReleaseSecond = scenario.Release is { } released ? (int)(released.Day * DayWeights.SecondsPerDay) : int.MaxValue;
        Exits = Pool(NetworkKind.Exit, CountOf(BenignClass.VpnExit) / AccountsPerExit);
        Egress = Pool(NetworkKind.Platform, CountOf(BenignClass.App) / AccountsPerEgress);
    }

    /// <summary>The scenario with its scale applied to all counts.</summary>
    public Scenario Scenario { get; }

    /// <summary>The root of all random streams.</summary>
    public ulong Seed { get; }

    /// <summary>The scenario's start in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long StartMs { get; }

    /// <summary>Length of the scenario.</summary>
    public int Seconds { get; }

    /// <summary>Models in use before a release.</summary>
    public WeightedChoice Models { get; }

    /// <summary>Index of the released model; -1 without a release.</summary>
    public int ReleasedModel { get; }

    /// <summary>When it is released.</summary>
    public int ReleaseSecond { get; }

    /// <summary>Client programs.</summary>
    public ClientCatalogue Clients { get; } = new();

    /// <summary>Exits of VPN services that benign accounts use.</summary>
    public AddressSlot[] Exits { get; }

    /// <summary>Shared egress addresses of serverless platforms.</summary>
    public AddressSlot[] Egress { get; }

    public int CountOf(BenignClass kind) => Scenario.Population.GetValueOrDefault(kind);

    public int IndexOf(string model) => Scenario.Models.TakeWhile(known => known.Name != model).Count();

    /// <summary>The root of streams that a group of accounts shares.</summary>
    public ulong GroupKey(BenignClass kind, int number) =>
        RandomStream.Derive(Seed, StreamPurpose.Group, ((ulong)kind << 40) | (uint)number);

    /// <summary>A random address of a network of the kind, in the country if there is one.</summary>
    public static AddressSlot Address(NetworkKind kind, string country, ref RandomStream stream) =>
        new(stream.Pick(NetworkCatalogue.Shared.Of(kind, country)), false, (uint)stream.Next());

    private AddressSlot[] Pool(NetworkKind kind, double size)
    {
        var pool = new AddressSlot[Math.Max(1, (int)size)];
        var networks = NetworkCatalogue.Shared.Of(kind);
        for (var i = 0; i < pool.Length; i++)
        {
            var stream = new RandomStream(Seed, StreamPurpose.Network, ((ulong)kind << 40) | (uint)i);
            pool[i] = new AddressSlot(stream.Pick(networks), false, (uint)stream.Next());
        }

        return pool;
    }
}
