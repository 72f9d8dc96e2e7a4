namespace Stillwatch.Reporting;

/// <summary>How <see cref="HuntTable"/> writes.</summary>
public sealed class TableOptions
{
    /// <summary>Default of <see cref="Width"/>.</summary>
    public const int DefaultWidth = 100;

    /// <summary>Default of <see cref="Campaigns"/>.</summary>
    public const int DefaultCampaigns = 50;

    /// <summary>Default of <see cref="AccountsPerCampaign"/>.</summary>
    public const int DefaultAccountsPerCampaign = 8;

    /// <summary>Default of <see cref="AccountsOutside"/>.</summary>
    public const int DefaultAccountsOutside = 20;

    /// <summary>Columns of a line. Default 100; 40 to 1,000. No line is longer.</summary>
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
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 40);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Width, 1000);
        ArgumentOutOfRangeException.ThrowIfNegative(Campaigns);
        ArgumentOutOfRangeException.ThrowIfNegative(AccountsPerCampaign);
        ArgumentOutOfRangeException.ThrowIfNegative(AccountsOutside);
    }
}
