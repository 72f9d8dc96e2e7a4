using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>
/// Plans one campaign: divides its exchanges among seats, the seats among accounts that follow each other where accounts are given up, and
/// gives every account a row of items of its own.
/// </summary>
internal sealed class CampaignPlanner
{
    private const double MaxCover = 0.98;
    private const int MaxStepSpread = 1800;

    private readonly PlanningContext _context;
    private readonly CampaignScenario _campaign;
    private readonly CampaignOptions _options;
    private readonly CampaignFleet _fleet;
    private readonly ulong _key;
    private readonly int _number;
    private readonly (int From, int Until) _window;
    private readonly int _stepSecond;

    public CampaignPlanner(PlanningContext context, int number)
    {
        (_context, _number) = (context, number);
        _campaign = context.Scenario.Campaigns[number];
        _options = _campaign.Options;
        _key = RandomStream.Derive(context.Seed, StreamPurpose.Fleet, StableHash.Of(_campaign.Id));
        var from = (int)(_campaign.StartDay * DayWeights.SecondsPerDay);
        _window = (from, (int)Math.Min(context.Seconds, (_campaign.StartDay + _campaign.Days) * DayWeights.SecondsPerDay));
        _stepSecond = StepSecond();
        _fleet = new CampaignFleet(context, _options, _key);
    }

    /// <summary>Appends the campaign's accounts.</summary>
    public CampaignPlan Plan(List<AccountPlan> accounts, CancellationToken cancellation)
    {
        var first = accounts.Count;
        var items = 0L;
        foreach (var (seat, volume) in Seats())
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var plan in Chain(seat, volume, accounts.Count - first))
            {
                accounts.Add(plan with { FirstItem = items });
                items += plan.Volume;
            }
        }

        return new CampaignPlan { Scenario = _campaign, Key = _key, FirstAccount = first, Accounts = accounts.Count - first };
    }

    // Cumulative rounding: the parts sum to the campaign's exchanges.
    private IEnumerable<(int Seat, int Volume)> Seats()
    {
        var weights = Enumerable.Range(0, _campaign.Accounts).Select(Weight).ToArray();
        var (total, sum, given) = (weights.Sum(), 0.0, 0L);
        for (var seat = 0; seat < weights.Length; seat++)
        {
            sum += weights[seat];
            var upTo = seat == weights.Length - 1 ? _campaign.Exchanges : (long)Math.Round(_campaign.Exchanges * (sum / total));
            var left = weights.Length - 1 - seat;
            upTo = Math.Clamp(upTo, given + 1, _campaign.Exchanges - left);
            yield return (seat, (int)(upTo - given));
            given = upTo;
        }
    }

    private double Weight(int seat)
    {
        var stream = new RandomStream(_key, StreamPurpose.Volume, (uint)seat);
        return _options.Balance switch
        {
            LoadBalance.Even => stream.LogNormal(1, 0.05),
            LoadBalance.Random => stream.LogNormal(1, 0.4),
            _ => Math.Min(200, stream.Pareto(1, 1.2)),
        };
    }

    /// <summary>The accounts that hold one seat, one after the other.</summary>
    private AccountPlan[] Chain(int seat, int volume, int firstNumber)
    {
        var stream = new RandomStream(_key, StreamPurpose.WorkList, (uint)seat);
        var cover = Math.Min(MaxCover, stream.Uniform(_options.Cover.Low, _options.Cover.High));
        var lives = Lives(volume, cover, ref stream);
        var from = _window.From;
        var plans = new AccountPlan[lives];
        for (var life = 0; life < lives; life++)
        {
            var part = (int)((long)volume * (life + 1) / lives) - (int)((long)volume * life / lives);
            var until = (int)(_window.From + ((long)(_window.Until - _window.From) * (life + 1) / lives));
            var start = life == 0 ? from : Math.Min(until - 600, from + (int)stream.Exponential((_options.RotationHours * 3600) + 1));
            plans[life] = _fleet.Recruit(_number, firstNumber + life, Math.Max(from, start));
            plans[life].Volume = part;
            plans[life].CoverVolume = (int)Math.Round(part * cover / (1 - cover));
            plans[life].ActiveUntil = until;
            plans[life].PivotSecond = Pivot(plans[life].Key);
            Measure(ref plans[life]);
            from = until;
        }

        return plans;
    }

    private void Measure(ref AccountPlan plan)
    {
        if (_options.PerDay is { } daily)
        {
            var days = (plan.ActiveUntil - plan.ActiveFrom) / (double)DayWeights.SecondsPerDay;
            plan.PerDay = ((float)daily.Low, (float)daily.High);
            plan.Cadence.ActiveDays = (float)(plan.Total / (days * (daily.Low + daily.High) / 2));
        }
    }

    private int Lives(int volume, double cover, ref RandomStream stream)
    {
        if (_options.Rotation == 0)
        {
            return 1;
        }

        var requests = volume / (1 - cover);
        var longest = Math.Max(1, (_window.Until - _window.From) / 3600);
        return Math.Clamp((int)Math.Ceiling(requests / (_options.Rotation * stream.Uniform(0.8, 1.2))), 1, Math.Min(volume, longest));
    }

    private int StepSecond()
    {
        var delay = new RandomStream(_key, StreamPurpose.Pivot).Uniform(0.1, 0.9) * _options.Pivot.WithinHours * 3600;
        return (int)Math.Min(AccountPlan.Never - MaxStepSpread, _context.ReleaseSecond + delay);
    }

    private int Pivot(ulong accountKey)
    {
        var stream = new RandomStream(accountKey, StreamPurpose.Pivot);
        if (!stream.Chance(_options.Pivot.Share))
        {
            return AccountPlan.Never;
        }

        return _options.Pivot.InStep
            ? _stepSecond + stream.Below(MaxStepSpread)
            : _context.ReleaseSecond + (int)(stream.Unit() * _options.Pivot.WithinHours * 3600);
    }
}
