using Stillwatch.Hunting;

namespace Stillwatch.Reporting;

/// <summary>Days put into at most <see cref="MaxBuckets"/> buckets of equal length, the same for the log and for every campaign.</summary>
/// <remarks>A bucket is a day or whole weeks, so that the rhythm of the week does not turn into another one.</remarks>
internal sealed class Timeline
{
    /// <summary>Half a year of days; a longer log gets buckets of one or more weeks.</summary>
    public const int MaxBuckets = 184;

    private readonly int _firstDay;

    private Timeline(int firstDay, int daysPerBucket, int buckets) =>
        (_firstDay, DaysPerBucket, Buckets) = (firstDay, daysPerBucket, buckets);

    /// <summary>Days in one bucket.</summary>
    public int DaysPerBucket { get; }

    /// <summary>How many buckets there are; none where there is no day.</summary>
    public int Buckets { get; }

    /// <summary>The buckets that the log and all campaigns together span.</summary>
    public static Timeline Of(HuntReport report)
    {
        var days = report.Background.Concat(report.Campaigns.SelectMany(campaign => campaign.Picture?.Days ?? []))
            .Select(day => day.Day.DayNumber)
            .ToArray();
        if (days.Length == 0)
        {
            return new(0, 1, 0);
        }

        var (first, last) = (days.Min(), days.Max());
        var size = last - first < MaxBuckets ? 1 : (((last - first) / MaxBuckets / 7) + 1) * 7;
        return new(first, size, (last - first) / size + 1);
    }

    /// <summary>The first day of a bucket.</summary>
    public DateOnly Start(int bucket) => DateOnly.FromDayNumber(_firstDay + (bucket * DaysPerBucket));

    /// <summary>A bucket's day, or its first and last one.</summary>
    public string Name(int bucket) => DaysPerBucket == 1
        ? Wording.Day(Start(bucket))
        : $"{Wording.Day(Start(bucket))} – {Wording.Day(LastDay(bucket))}";

    /// <summary>
    /// The days bucket by bucket. Interactions, joiners and leavers are added up; accounts cannot be without counting some twice, so
    /// a bucket has those of its busiest day.
    /// </summary>
    public PictureDay[] Fill(IEnumerable<PictureDay> days)
    {
        var filled = Enumerable.Range(0, Buckets).Select(bucket => new PictureDay(Start(bucket), 0, 0, 0, 0)).ToArray();
        foreach (var day in days)
        {
            ref var bucket = ref filled[(day.Day.DayNumber - _firstDay) / DaysPerBucket];
            bucket = bucket with
            {
                Interactions = bucket.Interactions + day.Interactions,
                Accounts = Math.Max(bucket.Accounts, day.Accounts),
                Joined = bucket.Joined + day.Joined,
                Left = bucket.Left + day.Left,
            };
        }

        return filled;
    }

    private DateOnly LastDay(int bucket) =>
        DateOnly.FromDayNumber(Math.Min(_firstDay + ((bucket + 1) * DaysPerBucket) - 1, DateOnly.MaxValue.DayNumber));
}
