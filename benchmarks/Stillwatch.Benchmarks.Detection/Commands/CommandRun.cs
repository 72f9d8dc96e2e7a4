using System.Runtime.InteropServices;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Benchmarks.Detection.Commands;

/// <summary>Runs a command of the benchmark: Ctrl-C ends it, and whatever goes wrong becomes a sentence and an exit status.</summary>
internal static class CommandRun
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Unusable = 2;

    /// <summary>0 done; 1 failed or stopped; 2 unusable arguments or input.</summary>
    public static async Task<int> RunAsync(Func<CancellationToken, Task> work)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await work(stop.Token);
            return Done;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Report("stopped", Failed);
        }
        catch (Exception fault) when (fault is UnusableException or InputException or InvalidDataException or ArgumentException)
        {
            return Report(fault.Message, Unusable);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Report(fault.Message, Failed);
        }
        catch (Exception fault)
        {
            return Report($"failed: {fault}", Failed);
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    /// <summary>Tells the person in front of the terminal what is being done; results go to standard output.</summary>
    public static void Note(string text) => Console.Error.WriteLine(text);

    private static int Report(string text, int status)
    {
        Note(text);
        return status;
    }
}
