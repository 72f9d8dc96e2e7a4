using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Traffic;

/// <summary>
/// The clock of one account on one day: sessions begin by the account's rhythm, and within them one exchange follows the other. Times stay
/// within the account's life, the scenario, and a day after the end of this one; what would run over begins a new session.
/// </summary>
internal ref struct SessionPlanner
{
    private const double MsPerHour = 3_600_000;
    private const long MsPerDay = DayWeights.SecondsPerDay * 1000L;

    private readonly ref readonly AccountPlan _account;
    private readonly Cadence _cadence;
    private readonly int _day;
    private readonly long _earliest;
    private readonly long _dayEnd;
    private readonly long _limit;
    private double _now;
    private bool _isFirst;

    public SessionPlanner(ref readonly AccountPlan account, int day, long scenarioEndMs, bool isCover)
    {
        _account = ref account;
        _cadence = isCover ? Cover(account.Cadence) : account.Cadence;
        _day = day;
        _earliest = Math.Max(day * MsPerDay, account.ActiveFrom * 1000L);
        _dayEnd = Math.Min(Math.Min(account.ActiveUntil * 1000L, scenarioEndMs), (day + 1) * MsPerDay);
        _limit = Math.Min(Math.Min(account.ActiveUntil * 1000L, scenarioEndMs), (day + 2) * MsPerDay);
    }

    /// <summary>Begins a session.</summary>
    public void Begin(ref RandomStream stream)
    {
        var start = (_day * (double)MsPerDay) + (HourlyRhythm.StartSecond(_account, _day, ref stream) * 1000);
        start = start < _earliest || start >= _dayEnd ? stream.Uniform(_earliest, _dayEnd) : start;
        start += _cadence.JitterHours > 0 ? stream.Unit() * _cadence.JitterHours * MsPerHour : 0;
        _now = start < _limit ? start : stream.Uniform(_earliest, _dayEnd);
        _isFirst = true;
    }

    public readonly int DrawUnits(ref RandomStream stream) => stream.Geometric(_cadence.UnitsPerSession);

    public readonly int DrawTurns(ref RandomStream stream) => stream.Geometric(_cadence.TurnsPerUnit);

    /// <summary>The time of the next exchange in milliseconds from the start of the scenario.</summary>
    public long Next(ref RandomStream stream)
    {
        if (!_isFirst)
        {
            _now += 40 + (1000 * stream.LogNormal(_cadence.GapSeconds, _cadence.GapSigma));
        }

        _isFirst = false;
        if (_now >= _limit)
        {
            _now = stream.Uniform(_earliest, _dayEnd);
        }

        return (long)_now;
    }

    // Covering customers talk like anybody else.
    private static Cadence Cover(Cadence own) => own with
    {
        UnitsPerSession = 1,
        TurnsPerUnit = 2.4f,
        GapSeconds = 60,
        GapSigma = 1,
        JitterHours = 0,
    };
}
