using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Stillwatch.Cli.Tests.Sharing;

/// <summary>A verb that serves until it is killed.</summary>
internal sealed partial class ServingProcess : IDisposable
{
    private readonly Process _process;

    private ServingProcess(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Where it said that it serves.</summary>
    public Uri Address { get; }

    /// <summary>Starts <c>stillwatch share</c> with arguments, and waits until it serves.</summary>
    public static async Task<ServingProcess> StartAsync(string directory, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Stillwatch.Cli.dll");
        var start = new ProcessStartInfo("dotnet", [program, "share", .. arguments, "--listen", "127.0.0.1:0"])
        {
            WorkingDirectory = directory,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var address = new TaskCompletionSource<Uri>();
        process.ErrorDataReceived += (_, said) =>
        {
            if (Served().Match(said.Data ?? "") is { Success: true } match)
            {
                address.TrySetResult(new Uri(match.Value));
            }
        };
        process.BeginErrorReadLine();
        return new(process, await address.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
    }

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    [GeneratedRegex(@"https?://127\.0\.0\.1:\d+/?")]
    private static partial Regex Served();
}
