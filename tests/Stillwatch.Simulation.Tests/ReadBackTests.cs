using Stillwatch.Evaluation;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Tests;

/// <summary>What is written is what the product's own readers read: the same records as those that go straight into a store.</summary>
public sealed class ReadBackTests : IDisposable
{
    private static readonly SimulatedTraffic Traffic = SimulatedTraffic.Create(
        SmallScenario.With(SmallScenario.Campaign(CampaignFamily.MixedProxy, options => options with { Paraphrase = 2, Turns = 2 })),
        new SimulationOptions { Seed = 5 },
        CancellationToken.None);

    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-simulation-").FullName;

    public ReadBackTests() => new SimulationWriter(Traffic).Write(_directory, null, TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Interactions_ReadFromTheFile_AreThoseOfTheSimulation()
    {
        var faults = new InputFaults();
        var reader = new InteractionReader(new ReaderOptions(), faults, TimeProvider.System);
        var straight = SmallScenario.All(Traffic);
        var read = await reader.ReadAsync([File(SimulationWriter.InteractionsFile)], TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(straight.Count, read.Count);
        Assert.All(straight.Zip(read), pair => AssertSame(pair.First, pair.Second));
        Assert.Equal(0, faults.Snapshot().Rejected.Total + faults.Snapshot().Repaired.Total);
    }

    [Fact]
    public async Task Accounts_ReadFromTheFile_AreThoseOfTheSimulation()
    {
        var reader = new AccountReader(new ReaderOptions(), new InputFaults(strict: true), TimeProvider.System);
        var read = await reader.ReadAsync([File(SimulationWriter.AccountsFile)], TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Traffic.Accounts().Select(Described), read.Select(Described));
    }

    [Fact]
    public async Task Truth_ReadFromTheFile_IsThatOfTheSimulation()
    {
        await using var stream = System.IO.File.OpenRead(Path.Combine(_directory, SimulationWriter.TruthFile));
        var read = await TruthReader.ReadAsync(stream, SimulationWriter.TruthFile, TestContext.Current.CancellationToken);
        var simulated = Traffic.Truth().ToArray();
        Assert.All(simulated, truth => Assert.Equal(truth, read.Accounts[truth.Account]));
        Assert.Equal(simulated.Length, read.Accounts.Count);
    }

    private static void AssertSame(Interaction first, Interaction second)
    {
        Assert.Equal(
            (first.Id, first.ObservedAtMs, first.Account, first.Organization, first.ApiKey, first.Model, first.Operation),
            (second.Id, second.ObservedAtMs, second.Account, second.Organization, second.ApiKey, second.Model, second.Operation));
        Assert.Equal(
            (first.Client, first.FinishReason, first.Usage, first.Status, first.LatencyMs, first.Request.Parameters),
            (second.Client, second.FinishReason, second.Usage, second.Status, second.LatencyMs, second.Request.Parameters));
        Assert.Equal(first.Request.System?.ToArray(), second.Request.System?.ToArray());
        Assert.Equal(first.Request.Tools, second.Request.Tools);
        Assert.Equal(first.Request.Messages.Select(message => message.Role), second.Request.Messages.Select(message => message.Role));
        Assert.All(first.Request.Messages.Zip(second.Request.Messages), pair =>
            Assert.True(pair.First.Content.Span.SequenceEqual(pair.Second.Content.Span)));
    }

    private static object Described(AccountRegistration account) => (
        account.Account, account.CreatedMs, account.Organization, account.EmailDomain, account.Payment, account.Country, account.Program);

    private InputFile File(string name) => InputFile.FromPath(0, Path.Combine(_directory, name));
}
