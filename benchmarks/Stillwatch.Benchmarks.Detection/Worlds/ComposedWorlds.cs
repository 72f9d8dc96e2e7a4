using System.Diagnostics;
using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>Worlds of the composer, a program in Python that puts together real prompts and real timing.</summary>
/// <param name="Program">Its <c>compose.py</c>.</param>
/// <param name="Data">The folder with its <c>pools</c>, <c>traces</c> and <c>text</c>.</param>
internal sealed record ComposedWorlds(string Program, string Data) : IWorldSource
{
    private const string ScenarioFile = "scenario.json";

    /// <inheritdoc/>
    public string Name => "composer";

    /// <inheritdoc/>
    public bool HasSpecialists => true;

    /// <summary>The folder of prompts; that of the data unless set.</summary>
    public string Pools { get; init; } = Path.Combine(Data, "pools");

    /// <summary>The files that register the families of campaigns of this benchmark with the composer.</summary>
    public static IReadOnlyList<string> Families { get; } =
        [.. new[] { "families.py", "unseen.py" }.Select(static file => Path.Combine(AppContext.BaseDirectory, "Worlds", file))];

    /// <inheritdoc/>
    public async Task MakeAsync(IScenario scenario, ulong seed, string directory, CancellationToken cancellation)
    {
        var file = Path.Combine(directory, ScenarioFile);
        await File.WriteAllTextAsync(file, scenario.ToJson(), cancellation);
        var start = new ProcessStartInfo("python3") { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            Program, "--scenario", file, "--pools", Pools, "--traces", Path.Combine(Data, "traces"),
            "--text", Path.Combine(Data, "text"), "--seed", seed.ToString(CultureInfo.InvariantCulture), "--out", directory,
            "--families", .. Families,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("python3 did not start.");
        using var ending = cancellation.Register(() => process.Kill(entireProcessTree: true));
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        _ = await output;
        await process.WaitForExitAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new UnusableException($"{Program} failed on {scenario.Name}: {errors.Trim()}");
        }
    }
}
