namespace Stillwatch.Gateway.Tests;

/// <summary>
/// A machine whose two clocks are set by the test: a monotonic one that is advanced, a wall clock that may also be wrong.
/// </summary>
internal sealed class ManualTime : TimeProvider
{
    private long _milliseconds = 5_000_000;

    /// <summary>By how much the wall clock is off.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => 1000;

    public static DateTimeOffset Start { get; } = new(2026, 11, 28, 20, 0, 0, TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _milliseconds);

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromMilliseconds(GetTimestamp()) + Skew;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _milliseconds, (long)by.TotalMilliseconds);
}
