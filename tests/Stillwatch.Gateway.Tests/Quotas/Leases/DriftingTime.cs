namespace Stillwatch.Gateway.Tests.Quotas.Leases;

/// <summary>The clocks of another machine: they run at another rate.</summary>
internal sealed class DriftingTime(ManualTime time, double rate) : TimeProvider
{
    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => (long)(time.GetTimestamp() * rate);

    public override DateTimeOffset GetUtcNow() => ManualTime.Start + TimeSpan.FromMilliseconds(GetTimestamp());
}
