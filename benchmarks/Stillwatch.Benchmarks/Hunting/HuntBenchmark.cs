using System.Diagnostics;
using System.Globalization;
using Stillwatch.Simulation;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Store;

namespace Stillwatch.Benchmarks.Hunting;

/// <summary>
/// How long a hunt takes over a log that is stored already: the first one, one when nothing is new, and one after about 1 % more
/// interactions have come. Beside each, in the same process, the floor: one query of the engine alone that groups the same table by
/// account.
/// </summary>
/// <remarks>Each hunt runs in a process of its own, so that its peak of memory is its own.</remarks>
internal static class HuntBenchmark
{
    private const string DefaultScenario = "million";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (scenario, scale, directory) = (Value("--scenario") ?? DefaultScenario, Number("--scale"), Value("--directory"));
        var kept = directory is not null;
        directory ??= Directory.CreateTempSubdirectory("stillwatch-bench-").FullName;
        try
        {
            await MeasureAsync(BuiltInScenarios.Get(scenario), scale, directory);
            return 0;
        }
        finally
        {
            if (!kept)
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        string? Value(string name) =>
            Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;

        double Number(string name) => double.Parse(Value(name) ?? "1", CultureInfo.InvariantCulture);
    }

    private static async Task MeasureAsync(Scenario scenario, double scale, string directory)
    {
        var hours = scenario.Days * 24;
        var cut = hours - Math.Max(1, hours / 100);
        var prepared = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{scenario.Name}-{scale}"));
        var run = Path.Combine(directory, "run");
        if (!Directory.Exists(prepared))
        {
            await AppendAsync(scenario, new() { Scale = scale, Hours = ..cut }, prepared);
        }

        Copy(prepared, run);
        await RunProcessAsync("first hunt", run);
        await RunProcessAsync("nothing new", run);
        await AppendAsync(scenario, new() { Scale = scale, Hours = cut.. }, run);
        await RunProcessAsync($"{hours - cut} more of {hours} hours", run);
        Directory.Delete(run, recursive: true);
    }

    private static async Task AppendAsync(Scenario scenario, SimulationOptions options, string directory)
    {
        var clock = Stopwatch.StartNew();
        var traffic = SimulatedTraffic.Create(scenario, options);
        await using var store = await InteractionStore.OpenAsync(directory);
        var written = await store.AppendAsync(traffic.Interactions().ToAsyncEnumerable());
        await store.ImportRegistrationsAsync(traffic.Accounts().ToAsyncEnumerable());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"simulated and stored {written.Stored:#,0} interactions in {clock.Elapsed.TotalSeconds:0} s"));
    }

    private static async Task RunProcessAsync(string what, string store)
    {
        Console.WriteLine(what);
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(HuntBenchmark).Assembly.Location);
        }

        start.ArgumentList.Add("hunt-once");
        start.ArgumentList.Add(store);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The hunt ended with {process.ExitCode}.");
        }
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        using var copy = Process.Start("cp", ["-a", from, to]);
        copy.WaitForExit();
        if (copy.ExitCode != 0)
        {
            throw new IOException($"{from} could not be copied to {to}.");
        }
    }
}
