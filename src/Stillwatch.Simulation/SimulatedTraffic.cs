using Stillwatch.Evaluation;
using Stillwatch.Interactions;
using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation;

/// <summary>
/// The traffic of a scenario: accounts, the truth about them, and their interactions in order of time, generated as they are read.
/// </summary>
/// <remarks>
/// Equal scenario, seed and scale give equal traffic, on any number of threads. Memory grows with the accounts (some 350 bytes each) and
/// with the interactions of one day (24 bytes each), not with the length of the scenario. Instances are immutable; enumerations are
/// independent.
/// </remarks>
public sealed class SimulatedTraffic
{
    private readonly int _threads;

    private SimulatedTraffic(SimulationPlan plan, SimulationOptions options)
    {
        (Plan, Options, _threads) = (plan, options, Math.Max(1, options.Threads));
        Order = [.. Enumerable.Range(0, plan.Names.Length)];
        Array.Sort((string[])plan.Names.Clone(), Order, StringComparer.Ordinal);
    }

    /// <summary>What was asked for.</summary>
    public SimulationOptions Options { get; }

    /// <summary>The scenario with all factors applied to its counts.</summary>
    public Scenario Scenario => Plan.Scenario;

    /// <summary>Number of accounts, benign and campaign together.</summary>
    public int AccountCount => Plan.Accounts.Length;

    /// <summary>Number of interactions of all hours together.</summary>
    public long InteractionCount => Plan.Interactions;

    /// <summary>Number of interactions that will be generated; null if only some hours are, whose number nobody knows before.</summary>
    public long? GeneratedCount => Options.Hours.Equals(Range.All) ? InteractionCount : null;

    internal SimulationPlan Plan { get; }

    // Account numbers in the order of the names, which tells nothing of class or campaign.
    internal int[] Order { get; }

    /// <summary>Plans the accounts of a scenario.</summary>
    /// <param name="scenario">A valid scenario, from <see cref="ScenarioReader"/> or <see cref="BuiltInScenarios"/>.</param>
    /// <param name="options">Seed, scale and threads.</param>
    /// <param name="cancellation">Ends the planning.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, such as hours past the scenario's end.</exception>
    /// <exception cref="ScenarioException">The scenario breaks a rule, or does so at this scale.</exception>
    public static SimulatedTraffic Create(Scenario scenario, SimulationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Scale, 0);
        _ = options.Hours.GetOffsetAndLength(scenario.Days * 24);
        var scaled = scenario with { Scale = scenario.Scale * options.Scale };
        var errors = ScenarioRules.Check(scaled).ToArray();
        return errors.Length > 0
            ? throw new ScenarioException(errors)
            : new SimulatedTraffic(SimulationPlan.Make(scaled, options.Seed, cancellation), options);
    }

    /// <summary>The registrations of all accounts, by name.</summary>
    public IEnumerable<AccountRegistration> Accounts() => Order.Select(Registration);

    /// <summary>The truth about all accounts, by name.</summary>
    public IEnumerable<AccountTruth> Truth() => Order.Select(TruthOf);

    /// <summary>
    /// All interactions in order of time, in batches of at most 2,048. Batches are made ahead by worker threads; a batch belongs to its
    /// reader.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<IReadOnlyList<Interaction>> Interactions(CancellationToken cancellation = default) =>
        new TrafficGenerator(Plan, Options.Hours, _threads).Generate(Compose, cancellation);

    internal static Interaction[] Compose(InteractionComposer composer, ExchangeRun run)
    {
        var batch = new Interaction[run.Count];
        for (var i = 0; i < batch.Length; i++)
        {
            batch[i] = composer.Compose(run[i]);
        }

        return batch;
    }

    private AccountRegistration Registration(int number)
    {
        ref readonly var account = ref Plan.Accounts[number];
        return new AccountRegistration
        {
            Account = new AccountId(Plan.Names[number]),
            CreatedMs = account.CreatedMs,
            Organization = account.Organization,
            EmailDomain = account.MailDomain,
            Payment = account.Payment == 0 ? null : Names.Payment(account.Payment),
            Country = CountryCatalogue.Shared.Countries[account.Country].Code,
            Program = account.Way,
        };
    }

    private AccountTruth TruthOf(int number)
    {
        ref readonly var account = ref Plan.Accounts[number];
        var campaign = account.Campaign == AccountPlan.NoCampaign ? null : Plan.Campaigns[account.Campaign].Scenario;
        return new AccountTruth
        {
            Account = new AccountId(Plan.Names[number]),
            Label = campaign is null ? AccountLabel.Benign : AccountLabel.Campaign,
            Campaign = campaign?.Id,
            Class = campaign is null ? SnakeCase.Of(account.Class) : SnakeCase.Of(campaign.Family),
            Interactions = account.Total,
            CampaignInteractions = campaign is null ? null : account.Volume,
        };
    }
}
