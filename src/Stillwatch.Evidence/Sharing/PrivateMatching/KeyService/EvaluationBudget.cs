namespace Stillwatch.Evidence.Sharing.PrivateMatching.KeyService;

/// <summary>
/// How many elements are evaluated for each lab in an hour: enough for its enforced accounts and candidates, too few to try all values that
/// could be guessed. Whole hours by the clock; memory one number a lab.
/// </summary>
public sealed class EvaluationBudget
{
    /// <summary>Where nothing else is said.</summary>
    public const int DefaultPerHour = 20_000;

    private readonly int _perHour;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _used = [];
    private readonly Dictionary<string, long> _total = [];
    private long _hour;

    /// <param name="perHour">Elements for each lab in each hour, at least 1.</param>
    /// <param name="time">The clock.</param>
    public EvaluationBudget(int perHour, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perHour, 1);
        (_perHour, _time) = (perHour, time);
    }

    /// <summary>Takes a number of evaluations, all or none.</summary>
    /// <returns>Null if they were granted, else when to ask again.</returns>
    public TimeSpan? Take(string lab, int elements)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var hour = now.ToUnixTimeSeconds() / 3600;
            if (hour != _hour)
            {
                _used.Clear();
                _hour = hour;
            }

            var used = _used.GetValueOrDefault(lab);
            if (used + elements > _perHour)
            {
                return DateTimeOffset.FromUnixTimeSeconds((hour + 1) * 3600) - now;
            }

            _used[lab] = used + elements;
            _total[lab] = _total.GetValueOrDefault(lab) + elements;
            return null;
        }
    }

    /// <summary>How many elements were evaluated for each lab since the service began: what an audit compares with what labs say.</summary>
    public IReadOnlyDictionary<string, long> Total()
    {
        lock (_gate)
        {
            return new Dictionary<string, long>(_total);
        }
    }
}
