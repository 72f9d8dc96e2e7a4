using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Stillwatch.IntegrationTests;

/// <summary>This executable once more, in a process of its own: a crash there fails a test and not the run of all tests.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>What .NET reports of a process that a signal ended: 128 and the signal's number.</summary>
    internal const int Aborted = 128 + 6;
    internal const int Killed = 128 + 9;
    internal const int Interrupted = 128 + 2;
    internal const int Terminated = 128 + 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly StringBuilder _output = new();

    private ChildProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>All it wrote, once it has ended.</summary>
    internal string Output => _output.ToString();

    internal static ChildProcess Start(params string[] arguments)
    {
        var program = Environment.ProcessPath!;
        var byHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, byHost ? arguments.Prepend(Assembly.GetExecutingAssembly().Location) : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return new(Process.Start(start)!);
    }

    /// <summary>Reads output until a line that is the given one.</summary>
    internal async Task WaitForLineAsync(string line)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } read)
        {
            _output.AppendLine(read);
            if (read == line)
            {
                return;
            }
        }

        Assert.Fail($"The child ended without the line '{line}': {Output}{await _errors}");
    }

    /// <summary>Sends a signal by its name, such as TERM.</summary>
    internal async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Its exit status, and what it wrote.</summary>
    internal async Task<(int Status, string Output, string Errors)> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            _output.Append(await _process.StandardOutput.ReadToEndAsync(patience.Token));
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            Assert.Fail($"The child does not end within {Patience}: {Output}{await _errors}");
        }

        return (_process.ExitCode, Output, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
