using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;
using Stillwatch.Hunting;
using Stillwatch.Interactions;
using Stillwatch.Store;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>Hunts through one world with the product's own pipeline and defaults, in a store that is deleted afterwards.</summary>
internal static class NullHunt
{
    /// <summary>Simulates a world and hunts through it.</summary>
    public static async Task<NullOutcome> RunAsync(WorldDesign design, CancellationToken cancellation)
    {
        var traffic = new WorldTraffic(design, cancellation);
        var truth = new Truth(traffic.Simulation.Truth());
        var (findings, groups) = await HuntAsync(
            truth,
            async store =>
            {
                await store.AppendAsync(traffic.Interactions(cancellation).ToAsyncEnumerable(), cancellationToken: cancellation);
                await store.ImportRegistrationsAsync(traffic.Simulation.Accounts().ToAsyncEnumerable(), cancellation);
            },
            cancellation);
        return Outcome(findings, groups, truth) with
        {
            Name = design.Name,
            Seed = design.Seed,
            Kind = design.Kind,
            HasRelease = design.Scenario.Release is not null,
            HasHoliday = design.Holiday is not null,
            HasWave = design.Wave is not null,
            Family = design.Scenario.Campaigns is [var campaign] ? campaign.Family.ToString() : null,
        };
    }

    /// <summary>Hunts through a log.</summary>
    /// <exception cref="UnusableException">Its truth knows a campaign.</exception>
    public static async Task<NullOutcome> RunAsync(LabelledLog log, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(log.Truth);
        var truth = await TruthReader.ReadAsync(file, log.Truth, cancellation);
        if (truth.Campaigns.Count > 0)
        {
            throw new UnusableException($"{log.Name} holds a campaign; what is reported of null traffic is false only without one.");
        }

        var (findings, groups) = await HuntAsync(
            truth,
            store => ScratchStore.FillAsync(store, log.Interactions, log.Registrations, cancellation),
            cancellation);
        return Outcome(findings, groups, truth) with { Name = NameOf(log), Kind = WorldKind.Given };
    }

    /// <summary>What the outcome of a log is known by.</summary>
    public static string NameOf(LabelledLog log) => Path.GetFileName(Path.TrimEndingDirectorySeparator(log.Name));

    private static Task<(Findings Findings, IReadOnlyList<GroupReading> Groups)> HuntAsync(
        Truth truth, Func<InteractionStore, Task> fill, CancellationToken cancellation) =>
        ScratchStore.UseAsync(
            null,
            ContentPolicy.Default,
            async store =>
            {
                await fill(store);
                IReadOnlyList<GroupReading> groups = [];
                var hunt = new Hunt(store, new()) { Examined = examination => groups = new GroupReader(examination, truth).Read() };
                return ((await hunt.RunAsync(null, cancellation)).Findings, groups);
            },
            cancellation);

    private static NullOutcome Outcome(Findings findings, IReadOnlyList<GroupReading> groups, Truth truth)
    {
        var report = FindingsEvaluator.Evaluate(findings, truth);
        return new()
        {
            Name = string.Empty,
            Seed = 0,
            Kind = WorldKind.Given,
            Interactions = findings.Interactions,
            Reported = findings.Campaigns.Count,
            False = report.FalseCampaigns.Count,
            Found = report.CampaignRecall.Count > 0,
            Guilty = report.CampaignAccounts,
            GuiltyActed = report.Acted.Recall.Count,
            Benign = [.. report.BenignClasses.Select(static kind =>
                new ClassOutcome(kind.Class, kind.Acted.Of, kind.Acted.Count, kind.Flagged.Count))],
            Groups = groups,
        };
    }
}
