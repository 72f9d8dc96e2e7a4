namespace Stillwatch.Tests.Interactions;

/// <summary>A clock that stands still.</summary>
internal sealed class FixedTime(DateTimeOffset now) : TimeProvider
{
    /// <summary>Noon of the day on which the records of these tests are fresh.</summary>
    public static FixedTime Instance { get; } = new(new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => now;
}
