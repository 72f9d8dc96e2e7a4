namespace Stillwatch.Simulation.Traffic;

/// <summary>A row of exchanges of one hour, in order of time.</summary>
internal readonly record struct ExchangeRun(HourBucket Bucket, long HourMs, int First, int Count)
{
    public Exchange this[int index] => Bucket.Get(First + index, HourMs);
}
