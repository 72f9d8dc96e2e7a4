using System.CommandLine;
using System.CommandLine.Parsing;
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
    private const int HoursPerDay = 24;

    private static readonly Option<Range> Hours = new("--hours")
    {
        HelpName = "FROM..TO",
        Description = "Only the interactions of these hours of the scenario, counted from its start, as in 0..712 or 712..",
        DefaultValueFactory = _ => Range.All,
        CustomParser = ParseHours,
    };

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
            Options = { scenario, seed, scale, Hours, directory, store },
            Examples =
            [
                ("A fortnight with two campaigns, as files", "stillwatch simulate --seed 7 --out fortnight"),
                ("Thirty million interactions into a store, the truth beside it",
                    "stillwatch simulate --scenario million --store million-store --out million"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                var target = new Target(parsed.GetValue(directory), parsed.GetValue(store));
                var options = new SimulationOptions
                {
                    Seed = parsed.GetRequiredValue(seed),
                    Scale = parsed.GetRequiredValue(scale),
                    Hours = parsed.GetRequiredValue(Hours),
                };
                var traffic = await PlanAsync(parsed.GetRequiredValue(scenario), options, target, cancellation);
                var written = await terminal.WithProgressAsync(display => WriteAsync(traffic, target, display, cancellation));
                terminal.Note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"wrote {written:#,0} interactions of {traffic.AccountCount:#,0} accounts to {target}"));
                if (target.Directory is null)
                {
                    terminal.Note("the truth is not in a store; to have it too, run the same with --out and --hours 0..1");
                }

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
            var read = await ReadScenarioAsync(scenario, cancellation);
            var hours = read.Days * HoursPerDay;
            return options.Hours.Start.GetOffset(hours) < hours && options.Hours.End.GetOffset(hours) <= hours
                ? SimulatedTraffic.Create(read, options, cancellation)
                : throw new UnusableException($"--hours reaches past the scenario {scenario}, which has the hours 0..{hours}.");
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

    private static async Task<long> WriteAsync(
        SimulatedTraffic traffic, Target target, IWorkDisplay display, CancellationToken cancellation)
    {
        if (target.Store is not { } address)
        {
            var progress = new DirectProgress<SimulationProgress>(
                state => display.Report("simulating", state.Interactions, state.Total, "interactions"));
            return new SimulationWriter(traffic).Write(target.Directory!, progress, cancellation);
        }

        var stored = await StoreAsync(traffic, address, display, cancellation);
        if (target.Directory is { } beside)
        {
            new SimulationWriter(traffic).WriteAllButInteractions(beside);
        }

        return stored;
    }

    private static async Task<long> StoreAsync(
        SimulatedTraffic traffic, string address, IWorkDisplay display, CancellationToken cancellation)
    {
        await using var store = await InteractionStore.OpenAsync(address, options: null, cancellation);
        var progress = new DirectProgress<IngestSnapshot>(
            state => display.Report("simulating", state.Interactions, traffic.GeneratedCount, "interactions"));
        var interactions = traffic.Interactions(cancellation).ToAsyncEnumerable();
        var summary = await store.AppendAsync(interactions, options: null, progress, cancellation);
        await store.ImportRegistrationsAsync(traffic.Accounts().ToAsyncEnumerable(), cancellation);
        return summary.Interactions;
    }

    private static Range ParseHours(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        var (first, end) = (0, 0);
        var parts = text.Split("..");
        var isRange = parts.Length == 2 && TryHour(parts[0], 0, out first) && TryHour(parts[1], int.MaxValue, out end) && first < end;
        if (!isRange)
        {
            result.AddError($"--hours takes two whole numbers, such as 0..712 or 712.., the first below the second, not '{text}'.");
        }

        return end == int.MaxValue ? first.. : first..end;
    }

    private static bool TryHour(string text, int otherwise, out int hour)
    {
        hour = otherwise;
        return text.Length == 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hour);
    }

    /// <summary>Where a simulation goes.</summary>
    private sealed record Target(string? Directory, string? Store)
    {
        public override string ToString() => string.Join(" and ", new[] { Store, Directory }.OfType<string>());
    }
}
