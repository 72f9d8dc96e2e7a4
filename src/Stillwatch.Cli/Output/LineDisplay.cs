using System.Globalization;

namespace Stillwatch.Cli.Output;

/// <summary>
/// Progress for a log file or a pipe: a line when a phase begins, one whenever <see cref="Interval"/> has passed, one when it ends.
/// </summary>
internal sealed class LineDisplay(Action<string> writeLine, TimeProvider time) : IWorkDisplay
{
    /// <summary>At most one line of a running phase in this time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private string? _phase;
    private string _unit = string.Empty;
    private long _done;
    private long _began;
    private long _written;

    public void Report(string phase, long done, long? total, string unit)
    {
        lock (_gate)
        {
            if (phase != _phase)
            {
                EndPhase();
                (_phase, _began, _written) = (phase, time.GetTimestamp(), time.GetTimestamp());
                writeLine($"{phase} ...");
            }
            else if (time.GetElapsedTime(_written) >= Interval)
            {
                _written = time.GetTimestamp();
                writeLine($"{phase}: {Count(done, unit)}{Of(done, total)}");
            }

            (_done, _unit) = (done, unit);
        }
    }

    /// <summary>Writes the line that ends the last phase.</summary>
    public void End()
    {
        lock (_gate)
        {
            EndPhase();
            _phase = null;
        }
    }

    private void EndPhase()
    {
        if (_phase is not null)
        {
            var seconds = time.GetElapsedTime(_began).TotalSeconds;
            writeLine(string.Create(CultureInfo.InvariantCulture, $"{_phase}: {Count(_done, _unit)} in {seconds:0.0} s"));
        }
    }

    private static string Count(long done, string unit) => string.Create(CultureInfo.InvariantCulture, $"{done:#,0} {unit}");

    private static string Of(long done, long? total) =>
        total > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({(double)done / total.Value:0 %})") : string.Empty;
}
