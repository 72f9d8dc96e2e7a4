using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Planning;

/// <summary>What private people bring along: country, language, addresses, mail, card, age of the account, program.</summary>
internal sealed class Persons(PlanningContext context)
{
    private const double NatShare = 0.2;
    private const double AccountsPerNat = 25;
    private const double SharedCardShare = 0.03;
    private const double DisposableShare = 0.015;
    private const double OwnDomainShare = 0.04;
    private const double NewcomerShare = 0.06;
    private const double ConsumerShare = 0.62;
    private const double CardlessShare = 0.35;
    private const double IPv6Share = 0.18;

    private readonly double _persons = context.Scenario.Population.Values.Sum();

    /// <summary>Fills in everything that does not depend on the class of a private account.</summary>
    public void Settle(ref AccountPlan plan, ref RandomStream stream)
    {
        plan.Country = CountryCatalogue.Shared.Draw(ref stream);
        var country = CountryCatalogue.Shared.Countries[plan.Country];
        plan.UtcOffset = country.UtcOffset;
        plan.Language = stream.Chance(country.LanguageShare) ? country.Language : Languages.English;
        plan.Habits = DrawHabits(ref stream);
        Register(ref plan, ref stream);
        Connect(ref plan, country, ref stream);
        ChooseProgram(ref plan, ref stream);
    }

    /// <summary>Residential addresses: home, and for many a phone or a second place.</summary>
    public void Connect(ref AccountPlan plan, Country country, ref RandomStream stream)
    {
        plan.Home = Residential(country, ref stream);
        plan.Second = stream.Chance(0.45) ? Residential(country, ref stream) : default;
        plan.Third = stream.Chance(0.15) ? Residential(country, ref stream) : default;
    }

    /// <summary>When the account was registered; newcomers register within the scenario and are active from then on.</summary>
    public void Age(ref AccountPlan plan, ref RandomStream stream)
    {
        plan.ActiveUntil = context.Seconds;
        if (stream.Chance(NewcomerShare))
        {
            plan.ActiveFrom = stream.Below(context.Seconds - 7200);
            plan.CreatedMs = context.StartMs + (plan.ActiveFrom * 1000L) - stream.Below(1_800_000) - 30_000;
            return;
        }

        plan.CreatedMs = context.StartMs - (long)(Math.Min(900, stream.LogNormal(160, 1)) * DayWeights.SecondsPerDay * 1000);
    }

    /// <summary>A model in use before the release, and whether and when the account moves to the released one.</summary>
    public void ChooseModel(ref AccountPlan plan, ref RandomStream stream)
    {
        plan.Model = (byte)context.Models.Draw(ref stream);
        plan.PivotSecond = AccountPlan.Never;
        if (context.Scenario.Release is { } release && stream.Chance(release.BenignShare))
        {
            plan.PivotSecond = context.ReleaseSecond + (int)Math.Min(1e9, PivotDelay(ref stream));
        }
    }

    /// <summary>An address of a home; a fifth are behind carrier NAT and shared with some 25 accounts.</summary>
    public AddressSlot Residential(Country country, ref RandomStream stream)
    {
        var networks = NetworkCatalogue.Shared.Of(NetworkKind.Residential, country.Code);
        var network = stream.Pick(networks);
        if (!stream.Chance(NatShare))
        {
            return new AddressSlot(network, stream.Chance(IPv6Share), (uint)stream.Next());
        }

        var accounts = _persons * country.Weight / 120 / networks.Length * NatShare;
        var gateway = (ulong)stream.Below(Math.Max(1, (int)(accounts / AccountsPerNat)));
        return new AddressSlot(network, false, (uint)RandomStream.Derive(context.Seed, StreamPurpose.Address, (gateway << 8) | network));
    }

    private static double PivotDelay(ref RandomStream stream) => stream.Chance(0.5)
        ? stream.Unit() * DayWeights.SecondsPerDay
        : DayWeights.SecondsPerDay * (1 + stream.Exponential(5));

    private void Register(ref AccountPlan plan, ref RandomStream stream)
    {
        Age(ref plan, ref stream);
        var mail = stream.Unit();
        plan.MailDomain = mail < DisposableShare ? MailDomains.Throwaway(ref stream)
            : mail < DisposableShare + OwnDomainShare ? MailDomains.Own(plan.Key)
            : MailDomains.Provider(ref stream);
        var shared = stream.Chance(SharedCardShare);
        var card = (ulong)stream.Below(1 + (int)(_persons * SharedCardShare / 2.5));
        plan.Payment = RandomStream.Derive(shared ? context.Seed : plan.Key, StreamPurpose.Registration, shared ? card : 0) | 1;
    }

    private void ChooseProgram(ref AccountPlan plan, ref RandomStream stream)
    {
        plan.IsConsumer = stream.Chance(ConsumerShare);
        plan.Way = plan.IsConsumer ? "consumer" : "api";
        var kind = !plan.IsConsumer ? ClientKind.Sdk : stream.Chance(0.7) ? ClientKind.Browser : ClientKind.App;
        plan.Program = context.Clients.Draw(kind, ref stream);
        plan.Style = plan.IsConsumer ? ParameterStyles.Application : ParameterStyles.Draw(ref stream);
        plan.Payment = plan.IsConsumer && stream.Chance(CardlessShare) ? 0 : plan.Payment;
        ChooseModel(ref plan, ref stream);
    }

    private static VoiceHabits DrawHabits(ref RandomStream stream) =>
        (stream.Chance(0.3) ? VoiceHabits.LowerCase : 0)
        | (stream.Chance(0.35) ? VoiceHabits.NoFinalStop : 0)
        | (stream.Chance(0.25) ? VoiceHabits.Typos : 0)
        | (stream.Chance(0.2) ? VoiceHabits.Greets : 0);
}
