using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Stillwatch.Benchmarks.Evidence;

/// <summary>A cluster of its own of Debian's PostgreSQL, with the defaults of durability, on a free port of this machine.</summary>
/// <remarks>PostgreSQL refuses to run as root, so root hands it to the account that the package made.</remarks>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql";
    private const string Account = "postgres";
    private const int FastShutdown = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private PostgresServer(Process process, int port, string version) => (_process, Port, Version) = (process, port, version);

    public int Port { get; }

    public string Version { get; }

    /// <summary>Makes a cluster and starts it; null where PostgreSQL is not installed.</summary>
    /// <param name="directory">Does not exist, in a folder that everybody may pass through.</param>
    public static async Task<PostgresServer?> StartAsync(string directory)
    {
        var versions = Directory.Exists(Programs) ? Directory.GetDirectories(Programs) : [];
        if (versions.Order(StringComparer.Ordinal).LastOrDefault() is not { } newest)
        {
            return null;
        }

        await MakeAsync(directory);
        var (initdb, postgres) = ($"{newest}/bin/initdb", $"{newest}/bin/postgres");
        await FinishAsync(Run(initdb, "-D", directory, "-A", "trust", "-U", Account));
        var version = await FinishAsync(Run(postgres, "--version"));
        var port = FreePort();
        var process = Run(
            postgres, "-D", directory, "-p", port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", directory);
        await WaitAsync(process, port);
        return new(process, port, version.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        _ = Kill(_process.Id, FastShutdown);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task MakeAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        if (Environment.IsPrivilegedProcess)
        {
            // Its parents are made by CreateTempSubdirectory, for their owner alone.
            File.SetUnixFileMode(Path.GetDirectoryName(directory)!, File.GetUnixFileMode(Path.GetDirectoryName(directory)!)
                | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            await FinishAsync(Process.Start(new ProcessStartInfo("chown", [Account, directory]) { RedirectStandardOutput = true })!);
        }
    }

    /// <summary>A program under the account that may run it; setpriv becomes it, so that the process is the program's own.</summary>
    private static Process Run(string program, params string[] arguments)
    {
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", ["--reuid", Account, "--regid", Account, "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["LC_ALL"] = "C";
        var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task<string> FinishAsync(Process process)
    {
        using (process)
        {
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Ingest.IngestBenchmark.Require(process.ExitCode == 0, $"{process.StartInfo.FileName} failed");
            return output;
        }
    }

    private static async Task WaitAsync(Process process, int port)
    {
        var clock = Stopwatch.StartNew();
        while (!PostgresAppender.CanConnect(port))
        {
            Ingest.IngestBenchmark.Require(!process.HasExited && clock.Elapsed < Patience, "PostgreSQL does not answer");
            await Task.Delay(100);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
