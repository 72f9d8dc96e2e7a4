using System.Diagnostics;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Simulation;

namespace Stillwatch.Benchmarks.Detection.Documents;

/// <summary>Measures everything that pages tell as measured, and writes it into them.</summary>
internal static class DetectionCommand
{
    /// <summary>How it is called.</summary>
    public const string Usage =
        """
          detection PAGE... --shared DIRECTORY [--logs DIRECTORY] [--only TEXT]
                 runs every command that the pages name, hours in all, and writes what it prints into them; --only those with
                 TEXT in them, --logs keeps the composed logs
        """;

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments) => CommandRun.RunAsync(cancellation =>
        RunAsync(new CommandArguments(arguments, "--shared", "--logs", "--only"), cancellation));

    private static async Task RunAsync(CommandArguments arguments, CancellationToken cancellation)
    {
        var shared = arguments.Single("--shared") ?? throw new UnusableException("--shared names the folder of shared data and tools.");
        if (arguments.Rest.Count == 0)
        {
            throw new UnusableException("detection needs a page, such as docs/detection-benchmark.md.");
        }

        var logs = arguments.Single("--logs") ?? ScratchStore.NewDirectory(null);
        try
        {
            foreach (var page in arguments.Rest)
            {
                await RebuildAsync(page, new MeasuredArguments(shared, logs), arguments.Single("--only") ?? "", cancellation);
            }
        }
        finally
        {
            if (arguments.Single("--logs") is null)
            {
                Directory.Delete(logs, recursive: true);
            }
        }
    }

    /// <summary>Writes a page anew after each of its commands, so that a stopped run keeps what it has.</summary>
    private static async Task RebuildAsync(string page, MeasuredArguments paths, string only, CancellationToken cancellation)
    {
        for (var index = 0; ; index++)
        {
            IReadOnlyList<string> lines = await File.ReadAllLinesAsync(page, cancellation);
            if (MeasuredBlock.Find(lines) is not { } blocks || index >= blocks.Count)
            {
                return;
            }

            if (!blocks[index].Arguments.Contains(only, StringComparison.Ordinal))
            {
                continue;
            }

            CommandRun.Note($"{page}, {index + 1} of {blocks.Count}: {blocks[index].Arguments}");
            await ComposeAsync(paths, blocks[index].Arguments, cancellation);
            var output = await PrintedAsync(paths.Expand(blocks[index].Arguments), cancellation);
            var next = $"{page}.{Environment.ProcessId}.next";
            await File.WriteAllLinesAsync(next, blocks[index].Replace(lines, output), cancellation);
            File.Move(next, page, overwrite: true);
        }
    }

    private static async Task ComposeAsync(MeasuredArguments paths, string arguments, CancellationToken cancellation)
    {
        var source = new ComposedWorlds(paths.Composer, paths.Data);
        foreach (var (directory, scenario, seed) in paths.Logs(arguments))
        {
            if (!File.Exists(Path.Combine(directory, SimulationWriter.TruthFile)))
            {
                Directory.CreateDirectory(directory);
                CommandRun.Note($"composing {directory}");
                await source.MakeAsync(ScenarioFile.Read(scenario), seed, directory, cancellation);
            }
        }
    }

    /// <summary>What this program prints, given these arguments.</summary>
    private static async Task<string> PrintedAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(DetectionCommand).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new IOException("The program did not start.");
        using var ending = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? output
            : throw new IOException($"{string.Join(' ', arguments)} ended with status {process.ExitCode}.");
    }
}
