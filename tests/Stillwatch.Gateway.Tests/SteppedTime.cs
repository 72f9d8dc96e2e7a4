namespace Stillwatch.Gateway.Tests;

/// <summary>A clock that a test sets.</summary>
internal sealed class SteppedTime(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
