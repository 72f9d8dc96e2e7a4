using System.Collections.Concurrent;
using Stillwatch.Simulation.Planning;

namespace Stillwatch.Simulation.Traffic;

/// <summary>
/// Generates all exchanges in order of time, hour by hour, and has workers turn runs of them into results, which come out in
/// the same order whatever the number of workers. A bounded number of runs is in work at a time.
/// </summary>
/// <param name="plan">What is simulated.</param>
/// <param name="hours">Hours of the scenario from which exchanges come out.</param>
/// <param name="threads">Workers.</param>
internal sealed class TrafficGenerator(SimulationPlan plan, Range hours, int threads)
{
    /// <summary>Exchanges in one run; part of the written format, because every run is compressed on its own.</summary>
    public const int RunLength = 2048;

    private const int HoursPerDay = 24;

    private readonly ConcurrentBag<InteractionComposer> _composers = [];
    private readonly TaskFactory _workers = new(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler);

    /// <summary>Applies <paramref name="make"/> to every run of exchanges.</summary>
    public IEnumerable<T> Generate<T>(Func<InteractionComposer, ExchangeRun, T> make, CancellationToken cancellation)
    {
        var pending = new Queue<Task<T>>();
        foreach (var run in Runs(cancellation))
        {
            pending.Enqueue(_workers.StartNew(() => Work(make, run), cancellation));
            if (pending.Count > 2 * threads)
            {
                yield return pending.Dequeue().GetAwaiter().GetResult();
            }
        }

        while (pending.TryDequeue(out var task))
        {
            yield return task.GetAwaiter().GetResult();
        }
    }

    private T Work<T>(Func<InteractionComposer, ExchangeRun, T> make, ExchangeRun run)
    {
        var composer = _composers.TryTake(out var idle) ? idle : new InteractionComposer(plan);
        try
        {
            return make(composer, run);
        }
        finally
        {
            _composers.Add(composer);
        }
    }

    private IEnumerable<ExchangeRun> Runs(CancellationToken cancellation)
    {
        var days = new DayPlanner(plan, threads);
        var (first, count) = hours.GetOffsetAndLength(plan.Scenario.Days * HoursPerDay);
        for (var hour = 0; hour < first + count; hour++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (hour % HoursPerDay == 0)
            {
                days.Plan(hour / HoursPerDay, cancellation);
            }

            var bucket = days.Take(hour);
            for (var next = 0; hour >= first && next < bucket.Count; next += RunLength)
            {
                yield return new ExchangeRun(bucket, hour * HourBucket.Milliseconds, next, Math.Min(RunLength, bucket.Count - next));
            }
        }
    }
}
