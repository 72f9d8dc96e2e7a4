using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;
using Stillwatch.Hunting;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Simulation;
using Stillwatch.Store;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>Makes a world in a directory of its own, hunts or replays it with the product's defaults, and deletes everything.</summary>
/// <param name="source">What makes the world.</param>
/// <param name="scratch">Where directories are made; must exist.</param>
internal sealed class WorldHunt(IWorldSource source, string scratch)
{
    /// <summary>Makes a world and hands its directory out for as long as the work takes.</summary>
    public async Task<T> WithWorldAsync<T>(
        IScenario scenario, ulong seed, Func<string, Task<T>> work, CancellationToken cancellation)
    {
        var directory = NewDirectory();
        try
        {
            await source.MakeAsync(scenario, seed, directory, cancellation);
            return await work(directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Findings of a hunt over the whole of a world.</summary>
    /// <param name="world">Its directory.</param>
    /// <param name="content">What the store keeps of the texts.</param>
    public Task<Findings> HuntAsync(string world, ContentPolicy content, CancellationToken cancellation) => WithStoreAsync(
        world, content, async store => (await new Hunt(store, new()).RunAsync(null, cancellation)).Findings, cancellation);

    /// <summary>Findings of several hunts over the whole of a world, in their order.</summary>
    /// <param name="world">Its directory.</param>
    /// <param name="hunts">How each is run.</param>
    /// <param name="cancellation">Ends them.</param>
    public Task<IReadOnlyList<Findings>> HuntAsync(string world, IReadOnlyList<HuntOptions> hunts, CancellationToken cancellation) =>
        WithStoreAsync<IReadOnlyList<Findings>>(
            world,
            ContentPolicy.Default,
            async store =>
            {
                var findings = new List<Findings>();
                foreach (var options in hunts)
                {
                    findings.Add((await new Hunt(store, options).RunAsync(null, cancellation)).Findings);
                }

                return findings;
            },
            cancellation);

    /// <summary>Findings of hunts again and again as the world's time passes.</summary>
    public Task<Findings> ReplayAsync(string world, TimeSpan every, CancellationToken cancellation) => WithStoreAsync(
        world, ContentPolicy.Default, store => new Replay(store, new() { Every = every }).RunAsync(null, cancellation), cancellation);

    /// <summary>The truth about a world.</summary>
    public static async Task<Truth> TruthAsync(string world, CancellationToken cancellation)
    {
        var path = Path.Combine(world, SimulationWriter.TruthFile);
        await using var file = File.OpenRead(path);
        return await TruthReader.ReadAsync(file, path, cancellation);
    }

    private Task<T> WithStoreAsync<T>(
        string world, ContentPolicy content, Func<InteractionStore, Task<T>> work, CancellationToken cancellation) =>
        ScratchStore.UseAsync(
            scratch,
            content,
            async store =>
            {
                var (logs, accounts) = (Files(world, SimulationWriter.InteractionsFile), Files(world, SimulationWriter.AccountsFile));
                await ScratchStore.FillAsync(store, logs, accounts, cancellation);
                return await work(store);
            },
            cancellation);

    /// <summary>A file of a world.</summary>
    public static IReadOnlyList<InputFile> Files(string world, string name) => InputDiscovery.Find([Path.Combine(world, name)]);

    private string NewDirectory() => Directory.Exists(scratch)
        ? ScratchStore.NewDirectory(scratch)
        : throw new UnusableException($"{scratch}: there is no such directory.");
}
