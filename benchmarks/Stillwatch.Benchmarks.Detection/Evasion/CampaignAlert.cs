namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>How far a campaign was when it was first reported.</summary>
/// <remarks>
/// The log is the beginning of a longer campaign, whose whole volume the shares refer to. Exchanges are those of all of its accounts, found
/// or not.
/// </remarks>
internal sealed record CampaignAlert
{
    /// <summary>Its name.</summary>
    public required string Campaign { get; init; }

    /// <summary>Its accounts in the log.</summary>
    public required int Accounts { get; init; }

    /// <summary>Whether at least half of its accounts came into one reported campaign.</summary>
    public required bool Detected { get; init; }

    /// <summary>Hours from its first exchange to the first report; not known where it was not detected.</summary>
    public double? Hours { get; init; }

    /// <summary>Exchanges of its accounts before the first report; all of the log where it was not detected.</summary>
    public required long ExchangesBefore { get; init; }

    /// <summary>Its accounts that had sent something before the first report; all where it was not detected.</summary>
    public required int AccountsBefore { get; init; }

    /// <summary>Accounts of it that the replay named at any time.</summary>
    public required int AccountsNamed { get; init; }

    /// <summary>Exchanges of an account before the first report, mean over its accounts.</summary>
    public double ExchangesAnAccount => ExchangesBefore / (double)Accounts;

    /// <summary>Share of the whole campaign that had passed at the first report; 1 where it was not detected.</summary>
    /// <param name="lifetime">Exchanges that an account makes in the whole campaign.</param>
    public double ShareAtAlert(double lifetime) => Detected ? ExchangesAnAccount / lifetime : 1;

    /// <summary>
    /// Share of the whole campaign that gets through: what passed before the first report, and all that the accounts make afterwards which
    /// were never named.
    /// </summary>
    /// <param name="lifetime">Exchanges that an account makes in the whole campaign.</param>
    public double ShareLeaked(double lifetime)
    {
        var before = ShareAtAlert(lifetime);
        return before + ((1 - before) * (Accounts - AccountsNamed) / Accounts);
    }
}
