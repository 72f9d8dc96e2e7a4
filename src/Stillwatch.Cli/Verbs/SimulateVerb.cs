using System.CommandLine;
using System.Globalization;
using Stillwatch.Cli.Output;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>Makes traffic whose truth is known: as files, or straight into a store.</summary>
internal static class SimulateVerb
{
    private const string DefaultScenario = "demo";

    public static VerbCommand Create()
    {
        var scenario = new Option<string>("--scenario")
        {
            HelpName = "NAME|FILE",
            Description = $"What is simulated: {string.Join(", ", BuiltInScenarios.Names)}, or a file of that form.",
            DefaultValueFactory = _ => DefaultScenario,
        };
        var seed = new Option<ulong>("--seed")
        {
            HelpName = "N",
            Description = "Decides everything left to chance; equal seeds give equal traffic.",
            DefaultValueFactory = _ => SimulationOptions.DefaultSeed,
        };
        var scale = new Option<double>("--scale")
        {
            HelpName = "F",
            Description = "Multiplies accounts and interactions.",
            DefaultValueFactory = _ => 1,
        };
        var directory = new Option<string?>("--out")
        {
            HelpName = "DIRECTORY",
            Description = "Where interactions, accounts, truth and a summary are written; with --store, all but the interactions.",
        };
        var store = new Option<string?>("--store")
        {
            HelpName = "ADDRESS",
            Description = "Store to write interactions and accounts to: a directory, or http://host:8123/database.",
        };
        return new("simulate", "Write a simulated log with its truth: benign accounts of many kinds, and campaigns among them.")
        {
            Options = { scenario, seed, scale, directory, store },
            Examples =
            [
                ("A fortnight with two campaigns, as files", "stillwatch simulate --seed 7 --out fortnight"),
                ("Thirty million interactions into a store, the truth beside it",
                    "stillwatch simulate --scenario million --store million-store --out million"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                var target = new Target(parsed.GetValue(directory), parsed.GetValue(store));
                var options = new SimulationOptions { Seed = parsed.GetRequiredValue(seed), Scale = parsed.GetRequiredValue(scale) };
                var traffic = await PlanAsync(parsed.GetRequiredValue(scenario), options, target, cancellation);
                await terminal.WithProgressAsync(display => WriteAsync(traffic, target, display, cancellation));
                terminal.Note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"wrote {traffic.InteractionCount:#,0} interactions of {traffic.AccountCount:#,0} accounts to {target}"));
                return ExitStatus.Done;
            },
        };
    }

    private static async Task<SimulatedTraffic> PlanAsync(
        string scenario, SimulationOptions options, Target target, CancellationToken cancellation)
    {
        if (target is { Directory: null, Store: null })
        {
            throw new UnusableException("simulate needs --out DIRECTORY or --store ADDRESS, or both.");
        }

        if (!double.IsFinite(options.Scale) || options.Scale <= 0)
        {
            throw new UnusableException(
                string.Create(CultureInfo.InvariantCulture, $"--scale is {options.Scale}; it is a number above 0."));
        }

        try
        {
            return SimulatedTraffic.Create(await ReadScenarioAsync(scenario, cancellation), options, cancellation);
        }
        catch (ScenarioException broken)
        {
            throw new UnusableException($"{scenario}: {broken.Message}");
        }
    }

    private static async Task<Scenario> ReadScenarioAsync(string scenario, CancellationToken cancellation)
    {
        if (BuiltInScenarios.Names.Contains(scenario))
        {
            return BuiltInScenarios.Get(scenario);
        }

        if (!File.Exists(scenario))
        {
            throw new UnusableException(
                $"{scenario}: neither a built-in scenario ({string.Join(", ", BuiltInScenarios.Names)}) nor a file.");
        }

        return new FileInfo(scenario).Length > ScenarioReader.MaxLength
            ? throw new UnusableException($"{scenario}: longer than {ScenarioReader.MaxLength} bytes, the most a scenario has.")
            : ScenarioReader.Read(await File.ReadAllTextAsync(scenario, cancellation)).Require();
    }

    private static async Task<bool> WriteAsync(
        SimulatedTraffic traffic, Target target, IWorkDisplay display, CancellationToken cancellation)
    {
        if (target.Store is { } address)
        {
            await StoreAsync(traffic, address, display, cancellation);
        }

        if (target is { Directory: { } directory, Store: null })
        {
            var progress = new DirectProgress<SimulationProgress>(
                state => display.Report("simulating", state.Interactions, state.Total, "interactions"));
            new SimulationWriter(traffic).Write(directory, progress, cancellation);
        }
        else if (target.Directory is { } beside)
        {
            new SimulationWriter(traffic).WriteAllButInteractions(beside);
        }

        return true;
    }

    private static async Task StoreAsync(
        SimulatedTraffic traffic, string address, IWorkDisplay display, CancellationToken cancellation)
    {
        await using var store = await InteractionStore.OpenAsync(address, options: null, cancellation);
        var progress = new DirectProgress<IngestSnapshot>(
            state => display.Report("simulating", state.Interactions, traffic.InteractionCount, "interactions"));
        await store.AppendAsync(traffic.Interactions(cancellation).ToAsyncEnumerable(), options: null, progress, cancellation);
        await store.ImportRegistrationsAsync(traffic.Accounts().ToAsyncEnumerable(), cancellation);
    }

    /// <summary>Where a simulation goes.</summary>
    private sealed record Target(string? Directory, string? Store)
    {
        public override string ToString() => string.Join(" and ", new[] { Store, Directory }.OfType<string>());
    }
}
