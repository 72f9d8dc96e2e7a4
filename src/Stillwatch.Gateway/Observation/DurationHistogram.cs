using System.Globalization;
using System.Text;

namespace Stillwatch.Gateway.Observation;

/// <summary>How many durations fell below each bound, in Prometheus' cumulative form. Safe to use from many threads.</summary>
internal sealed class DurationHistogram
{
    /// <summary>Upper bounds in seconds: from a refusal to a long generation.</summary>
    private static readonly double[] Bounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _sumMicroseconds;

    /// <summary>Adds one.</summary>
    public void Add(double seconds)
    {
        var at = 0;
        while (at < Bounds.Length && seconds > Bounds[at])
        {
            at++;
        }

        Interlocked.Increment(ref _counts[at]);
        Interlocked.Add(ref _sumMicroseconds, (long)(seconds * 1e6));
    }

    /// <summary>Writes all series of the histogram.</summary>
    /// <param name="output">The text.</param>
    /// <param name="name">The metric's name.</param>
    /// <param name="labels">Labels and a comma after them; empty for none.</param>
    public void Write(StringBuilder output, string name, string labels)
    {
        var total = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            total += Volatile.Read(ref _counts[i]);
            var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            output.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}le=\"{bound}\"}} {total}\n");
        }

        var braces = labels.Length == 0 ? string.Empty : $"{{{labels[..^1]}}}";
        output.Append(CultureInfo.InvariantCulture, $"{name}_sum{braces} {Volatile.Read(ref _sumMicroseconds) / 1e6}\n");
        output.Append(CultureInfo.InvariantCulture, $"{name}_count{braces} {total}\n");
    }
}
