using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Stillwatch.Cli.Tests;

/// <summary>The real command line as a process of its own.</summary>
internal sealed class CommandLineRun : IDisposable
{
    /// <summary>Longer than any of these runs takes on a loaded machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _said = new();
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private CommandLineRun(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.Environment.Remove("STILLWATCH_DEBUG");
        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = ReadErrorsAsync();
    }

    /// <summary>What the process reads as its standard input; close it to give end of file.</summary>
    public StreamWriter Input => _process.StandardInput;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Stillwatch.Cli.dll");

    public static CommandLineRun Start(params string[] arguments) => new(new("dotnet", [Program, .. arguments]));

    /// <summary>A line for the shell, in which <c>$stillwatch</c> runs the command line.</summary>
    public static CommandLineRun StartShell(string line, string? directory = null)
    {
        var start = new ProcessStartInfo("bash", ["-c", line]) { WorkingDirectory = directory ?? string.Empty };
        start.Environment["stillwatch"] = $"dotnet {Program}";
        return new(start);
    }

    public static async Task<(int Status, string Output, string Errors)> FinishAsync(params string[] arguments)
    {
        using var run = Start(arguments);
        return await run.FinishAsync();
    }

    public static async Task<(int Status, string Output, string Errors)> FinishShellAsync(string line, string? directory = null)
    {
        using var run = StartShell(line, directory);
        return await run.FinishAsync();
    }

    /// <summary>Awaits the end; a run past <see cref="Limit"/> is killed and fails the test.</summary>
    public async Task<(int Status, string Output, string Errors)> FinishAsync()
    {
        Input.Close();
        return await EndAsync();
    }

    /// <summary>Awaits the end with the standard input left open.</summary>
    public async Task<(int Status, string Output, string Errors)> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"Process {_process.Id} did not end within {Limit}.");
        }

        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Awaits a line on standard error.</summary>
    public Task SaysAsync(string text) => _said.GetOrAdd(text, _ => new()).Task.WaitAsync(Limit);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>SIGKILL; false if it had ended before.</summary>
    public bool Kill() => !_process.HasExited && Kill(_process.Id, 9) == 0;

    public void Signal(PosixSignal signal) => Assert.Equal(0, Kill(_process.Id, signal == PosixSignal.SIGINT ? 2 : 15));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task<string> ReadErrorsAsync()
    {
        var all = new StringBuilder();
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            all.Append(line).Append('\n');
            foreach (var (text, said) in _said)
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    said.TrySetResult();
                }
            }
        }

        return all.ToString();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
