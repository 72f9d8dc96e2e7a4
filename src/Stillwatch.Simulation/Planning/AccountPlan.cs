using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Networks;

namespace Stillwatch.Simulation.Planning;

/// <summary>
/// Everything decided about one account before its first request; some 200 bytes. What is not here is derived from <see cref="Key"/>.
/// </summary>
internal struct AccountPlan
{
    /// <summary>Stands for "no campaign" in <see cref="Campaign"/>.</summary>
    public const int NoCampaign = -1;

    /// <summary>Stands for "never" in <see cref="PivotSecond"/>.</summary>
    public const int Never = int.MaxValue;

    /// <summary>The root of the account's random streams.</summary>
    public ulong Key;

    /// <summary>The root of the streams it shares with its group (organisation, tool, class, harness, campaign).</summary>
    public ulong GroupKey;

    /// <summary>Number of the campaign, or <see cref="NoCampaign"/>.</summary>
    public int Campaign;

    /// <summary>Benign class of the account; of no meaning in a campaign.</summary>
    public Scenarios.BenignClass Class;

    /// <summary>What it sends.</summary>
    public WorkloadKind Workload;

    /// <summary>Exchanges of its own business; in a campaign those that serve the campaign.</summary>
    public int Volume;

    /// <summary>Further exchanges that cover a campaign.</summary>
    public int CoverVolume;

    /// <summary>Campaigns: number of the account's first item in the work list.</summary>
    public long FirstItem;

    /// <summary>Seconds from the start of the scenario to the first possible exchange.</summary>
    public int ActiveFrom;

    /// <summary>Seconds from the start of the scenario to the end of its life.</summary>
    public int ActiveUntil;

    /// <summary>Registration in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long CreatedMs;

    /// <summary>Seconds from the start to its move to the released model, or <see cref="Never"/>.</summary>
    public int PivotSecond;

    /// <summary>How its exchanges spread over time.</summary>
    public Cadence Cadence;

    /// <summary>Campaigns with a daily measure: exchanges of an active day, 0 to 0 without one.</summary>
    public (float Low, float High) PerDay;

    /// <summary>Days over which its volume rises.</summary>
    public float RampDays;

    /// <summary>Up to three addresses, the first one most used.</summary>
    public AddressSlot Home;

    /// <inheritdoc cref="Home"/>
    public AddressSlot Second;

    /// <inheritdoc cref="Home"/>
    public AddressSlot Third;

    /// <summary>Declared affiliation.</summary>
    public string? Organization;

    /// <summary>Domain of the e-mail address.</summary>
    public string? MailDomain;

    /// <summary>The way in.</summary>
    public string Way;

    /// <summary>Key of the payment instrument; 0 for none.</summary>
    public ulong Payment;

    /// <summary>Index into the client catalogue.</summary>
    public ushort Program;

    /// <summary>Index into the countries.</summary>
    public byte Country;

    /// <summary>Index into the scenario's models, before the pivot.</summary>
    public byte Model;

    /// <summary>Index into the parameter styles.</summary>
    public byte Style;

    /// <summary>Language it writes in.</summary>
    public byte Language;

    /// <summary>Habits of typing.</summary>
    public VoiceHabits Habits;

    /// <summary>Local time minus UTC in minutes.</summary>
    public short UtcOffset;

    /// <summary>It uses the provider's application, so its requests carry no API key.</summary>
    public bool IsConsumer;

    /// <summary>All exchanges.</summary>
    public readonly int Total => Volume + CoverVolume;
}
