using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Planning;

/// <summary>Recruits a campaign's accounts: registration, network, program, rhythm.</summary>
internal sealed class CampaignFleet
{
    private const int Racks = 3;
    private const int AddressesPerRack = 60;
    private const int BurstSize = 25;
    private const int OwnDomains = 4;
    private const double CountriesOfOneOperator = 3;

    private readonly PlanningContext _context;
    private readonly CampaignOptions _options;
    private readonly Persons _persons;
    private readonly ulong _key;
    private readonly ushort[] _programs;
    private readonly byte[] _styles;
    private readonly AddressSlot[] _racks;
    private readonly byte _country;

    public CampaignFleet(PlanningContext context, CampaignOptions options, ulong key)
    {
        (_context, _options, _key) = (context, options, key);
        _persons = new Persons(context);
        var stream = new RandomStream(key, StreamPurpose.Fleet);
        _programs = [.. Draws(options.Client, ref stream, (ref RandomStream s) => context.Clients.Draw(ClientKind.Sdk, ref s))];
        _styles = [.. Draws(options.Style, ref stream, (ref RandomStream s) => ParameterStyles.Draw(ref s))];
        _racks = new AddressSlot[Racks];
        for (var i = 0; i < Racks; i++)
        {
            _racks[i] = new AddressSlot(stream.Pick(NetworkCatalogue.Shared.Of(NetworkKind.Hosting)), false, (uint)stream.Next() & ~0xffu);
        }

        _country = CountryCatalogue.Shared.Draw(ref stream);
    }

    private delegate T Drawing<T>(ref RandomStream stream);

    /// <summary>An account that starts work at a second of the scenario.</summary>
    public AccountPlan Recruit(int campaign, int number, int startSecond)
    {
        var key = RandomStream.Derive(_key, StreamPurpose.Account, (uint)number);
        var plan = new AccountPlan { Key = key, GroupKey = _key, Campaign = campaign, Way = "api" };
        var stream = new RandomStream(key, StreamPurpose.Registration);
        _persons.Settle(ref plan, ref stream);
        plan.Workload = WorkloadKind.Harvest;
        plan.ActiveFrom = startSecond;
        plan.CreatedMs = _context.StartMs + (startSecond * 1000L) - Age(number, ref stream);
        plan.Model = (byte)(_options.Model is { } model ? _context.IndexOf(model) : FirstModel());
        plan.Language = Languages.English;
        Register(ref plan, number, ref stream);
        Connect(ref plan, number, ref stream);
        Equip(ref plan, ref stream);
        plan.Cadence = Cadence(ref plan, ref stream);
        plan.RampDays = (float)_options.RampDays;
        return plan;
    }

    private int FirstModel() => _context.ReleasedModel == 0 ? 1 : 0;

    private static List<T> Draws<T>(Uniformity uniformity, ref RandomStream stream, Drawing<T> draw)
    {
        var values = new List<T>();
        for (var i = uniformity switch { Uniformity.One => 1, Uniformity.Few => 3, _ => 0 }; i > 0; i--)
        {
            values.Add(draw(ref stream));
        }

        return values;
    }

    private long Age(int number, ref RandomStream stream)
    {
        const double hour = 3_600_000;
        var burst = new RandomStream(_key, StreamPurpose.Registration, (ulong)(number / BurstSize));
        return (long)(_options.Age switch
        {
            CampaignAge.Burst => (burst.Uniform(2, 72) * hour) + (stream.Unit() * hour),
            CampaignAge.Spread => hour * 24 * stream.Uniform(0.2, 45),
            _ => hour * 24 * Math.Min(900, stream.LogNormal(160, 1)),
        });
    }

    private void Register(ref AccountPlan plan, int number, ref RandomStream stream)
    {
        plan.MailDomain = _options.Mail switch
        {
            CampaignMail.Own => MailDomains.Own(RandomStream.Derive(_key, StreamPurpose.Identifier, (ulong)stream.Below(OwnDomains))),
            CampaignMail.Disposable => MailDomains.Throwaway(ref stream),
            _ => MailDomains.Provider(ref stream),
        };
        plan.Payment = _options.AccountsPerPayment > 1
            ? RandomStream.Derive(_key, StreamPurpose.Registration, (ulong)(number / _options.AccountsPerPayment)) | 1
            : RandomStream.Derive(plan.Key, StreamPurpose.Registration) | 1;
        if (_options.Network == CampaignNetwork.Hosting)
        {
            plan.Country = stream.Chance(1 / CountriesOfOneOperator) ? plan.Country : _country;
        }
    }

    private void Connect(ref AccountPlan plan, int number, ref RandomStream stream)
    {
        var shared = number / _options.AccountsPerIp;
        var draw = new RandomStream(_key, StreamPurpose.Network, (uint)shared);
        var network = _options.Network == CampaignNetwork.Mixed ? (CampaignNetwork)draw.Below(3) : _options.Network;
        var country = CountryCatalogue.Shared.Countries[plan.Country];
        plan.Home = Address(network, shared, country, ref draw);
        plan.Second = _options.AddressesPerAccount > 1 ? Address(network, shared, country, ref draw) : default;
        plan.Third = _options.AddressesPerAccount > 2 ? Address(network, shared, country, ref draw) : default;
    }

    private AddressSlot Address(CampaignNetwork network, int shared, Country country, ref RandomStream stream)
    {
        switch (network)
        {
            case CampaignNetwork.Hosting:
                var rack = shared / AddressesPerRack;
                var place = _racks[rack % Racks];
                return place with { Host = place.Host + (256u * (uint)(rack / Racks)) + (uint)stream.Between(2, 250) };
            case CampaignNetwork.Exit:
                return stream.Chance(0.5) && _context.CountOf(BenignClass.VpnExit) > 0
                    ? stream.Pick<AddressSlot>(_context.Exits)
                    : new AddressSlot(stream.Pick(NetworkCatalogue.Shared.Of(NetworkKind.Exit)), false, (uint)stream.Next());
            default:
                return _persons.Residential(country, ref stream);
        }
    }

    private void Equip(ref AccountPlan plan, ref RandomStream stream)
    {
        plan.IsConsumer = stream.Chance(_options.ConsumerShare);
        plan.Way = plan.IsConsumer ? "consumer" : _options.Programs[stream.Below(_options.Programs.Count)];
        plan.Program = plan.IsConsumer ? _context.Clients.Draw(ClientKind.Browser, ref stream)
            : _programs.Length > 0 ? stream.Pick<ushort>(_programs)
            : _context.Clients.Draw(ClientKind.Sdk, ref stream);
        plan.Style = plan.IsConsumer ? ParameterStyles.Application
            : _styles.Length > 0 ? stream.Pick<byte>(_styles)
            : ParameterStyles.Draw(ref stream);
    }

    private Cadence Cadence(ref AccountPlan plan, ref RandomStream stream)
    {
        if (_options.Rhythm == CampaignRhythm.Office)
        {
            plan.UtcOffset = CountryCatalogue.Shared.Countries[_country].UtcOffset;
        }

        return new Cadence
        {
            Rhythm = _options.Rhythm switch
            {
                CampaignRhythm.AlwaysOn => Rhythm.AlwaysOn,
                CampaignRhythm.Office => Rhythm.Office,
                _ => Rhythm.Waking,
            },
            ActiveDays = ActiveDays(ref stream),
            DaySigma = _options.Balance == LoadBalance.Even ? 0.1f : 0.4f,
            UnitsPerSession = (float)_options.Session,
            TurnsPerUnit = (float)_options.Turns,
            GapSeconds = (float)stream.LogNormal(_options.Rhythm == CampaignRhythm.Human ? 50 : 14, 0.3),
            GapSigma = 0.8f,
            JitterHours = (float)_options.JitterHours,
        };
    }

    private float ActiveDays(ref RandomStream stream) => _options.Rhythm == CampaignRhythm.Human ? (float)stream.Uniform(0.5, 0.95) : 1;
}
