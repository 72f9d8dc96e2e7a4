namespace Stillwatch.Reporting;

/// <summary>How <see cref="HuntTable"/> writes.</summary>
public sealed class TableOptions
{
    /// <summary>Default of <see cref="Width"/>.</summary>
    public const int DefaultWidth = 100;

    /// <summary>The narrowest table; on a narrower terminal lines wrap.</summary>
    public const int MinWidth = 40;

    /// <summary>The widest table; longer lines are hard to read.</summary>
    public const int MaxWidth = 1000;

    /// <summary>Default of <see cref="Campaigns"/>.</summary>
    public const int DefaultCampaigns = 50;

    /// <summary>Default of <see cref="AccountsPerCampaign"/>.</summary>
    public const int DefaultAccountsPerCampaign = 8;

    /// <summary>Default of <see cref="AccountsOutside"/>.</summary>
    public const int DefaultAccountsOutside = 20;

    /// <summary>
    /// Columns that a line may have. Default 100; taken as <see cref="MinWidth"/> where less, as <see cref="MaxWidth"/> where more.
    /// </summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>Whether headings and verdicts are coloured with ANSI sequences. Default false; the text is the same either way.</summary>
    public bool Colour { get; init; }

    /// <summary>The most campaigns that are told in full; the others are counted. Default 50; from 0.</summary>
    public int Campaigns { get; init; } = DefaultCampaigns;

    /// <summary>The most accounts listed for one campaign; the others are counted. Default 8; from 0.</summary>
    public int AccountsPerCampaign { get; init; } = DefaultAccountsPerCampaign;

    /// <summary>The most accounts listed outside campaigns; the others are counted. Default 20; from 0.</summary>
    public int AccountsOutside { get; init; } = DefaultAccountsOutside;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Campaigns);
        ArgumentOutOfRangeException.ThrowIfNegative(AccountsPerCampaign);
        ArgumentOutOfRangeException.ThrowIfNegative(AccountsOutside);
    }
}
