using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;
using Stillwatch.Profiles;
using Stillwatch.Store;
using Stillwatch.Store.RollUps;

namespace Stillwatch.Hunting;

/// <summary>
/// Looks through a store for campaigns: profiles every account, links accounts by rare things they share, finds dense groups, tests each
/// against independent accounts, and explains what remains. Deterministic: the same interactions give the same findings,
/// whatever the engine, the order of reading and the number of cores.
/// </summary>
public sealed class Hunt
{
    private readonly InteractionStore _store;
    private readonly HuntOptions _options;

    /// <param name="store">The store to look through.</param>
    /// <param name="options">How.</param>
    public Hunt(InteractionStore store, HuntOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options) = (store, options);
    }

    /// <summary>
    /// Told what was examined before it is judged; null for nobody. Error rates are measured on all groups, not on the reported ones alone.
    /// </summary>
    internal Action<HuntExamination>? Examined { get; init; }

    /// <summary>Runs the hunt over all that the store holds. Hunts and replays over one store object wait for each other.</summary>
    public async Task<HuntResult> RunAsync(IProgress<HuntStage>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(HuntStage.RollingUp);
        using var turn = await _store.TakeRollUpsAsync(cancellationToken).ConfigureAwait(false);
        var state = await new RollUp(_store.Engine).UpdateAsync(cancellationToken).ConfigureAwait(false);
        return await RunAsync(state, long.MaxValue, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the hunt over what is rolled up, as it was at a time.</summary>
    internal async Task<HuntResult> RunAsync(
        RollUpState state, long throughMs, IProgress<HuntStage>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(HuntStage.Profiling);
        var profiles = await AccountProfileReader.ReadAsync(_store.Engine, state, cancellationToken).ConfigureAwait(false);
        progress?.Report(HuntStage.Linking);
        var population = await LinkAsync(state, profiles, cancellationToken).ConfigureAwait(false);
        progress?.Report(HuntStage.Grouping);
        var groups = FindGroups(population, cancellationToken);
        progress?.Report(HuntStage.Sampling);
        var sampler = new GroupSampler(population, new PromptReader(_store.Engine, population.Profiles, throughMs));
        var observations = await sampler.ObserveAsync(groups, cancellationToken).ConfigureAwait(false);
        progress?.Report(HuntStage.Testing);
        var trial = new GroupTrial(population, _options, sampler) { Examined = Examined };
        var judged = await trial.RunAsync(observations, cancellationToken).ConfigureAwait(false);
        var confirmed = await sampler.ConfirmAsync(judged, cancellationToken).ConfigureAwait(false);
        var campaigns = confirmed.Where(campaign => campaign.Members.Count >= _options.Suspicion.MinMembers).ToList();

        progress?.Report(HuntStage.Explaining);
        var result = await new HuntReporter(_store, population, _options).ReportAsync(campaigns, cancellationToken).ConfigureAwait(false);
        var referrals = new IndicatorReferrals(_store, population.Profiles, _options.Indicators);
        return await referrals.AddAsync(result, throughMs, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Population> LinkAsync(RollUpState state, AccountProfiles profiles, CancellationToken cancellationToken)
    {
        var parties = PartyIndex.Of(profiles);
        var infrastructure = Task.Run(() => InfrastructureGraph.Build(profiles, parties), cancellationToken);
        var templates = await TemplateGraphReader.ReadAsync(_store.Engine, state, profiles, parties, cancellationToken)
            .ConfigureAwait(false);
        var span = LogSpan.Of(profiles);
        var releases = ModelRelease.Find(profiles, span.FromMs, span.ToMs);
        return new Population(profiles, parties, templates, await infrastructure.ConfigureAwait(false), releases);
    }

    private List<CandidateGroup> FindGroups(Population population, CancellationToken cancellationToken)
    {
        var (byTemplates, byInfrastructure) = ((IReadOnlyList<CandidateGroup>)[], (IReadOnlyList<CandidateGroup>)[]);
        Parallel.Invoke(
            Options(cancellationToken),
            () => byTemplates = Grouping.Find(
                population.Templates, SharingView.Template, _options.Grouping, cancellationToken),
            () => byInfrastructure = Grouping.Find(
                population.Infrastructure, SharingView.Infrastructure, _options.InfrastructureGrouping, cancellationToken));
        return [.. byTemplates, .. byInfrastructure];
    }

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount };
}
