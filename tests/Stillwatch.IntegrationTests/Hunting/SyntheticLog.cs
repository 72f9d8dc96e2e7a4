using Stillwatch.Interactions;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>
/// A provider's log of ten days: some four hundred accounts that have nothing to do with each other, and a campaign if wanted.
/// </summary>
/// <param name="Accounts">All accounts.</param>
/// <param name="Campaign">Names of the campaign's accounts.</param>
internal sealed record SyntheticLog(IReadOnlyList<SyntheticAccount> Accounts, IReadOnlySet<string> Campaign)
{
    /// <summary>Days of the log.</summary>
    public const int Days = 10;

    public const long DayMs = 24L * 60 * 60 * 1000;

    /// <summary>Its first midnight.</summary>
    public static readonly long StartMs = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>In the order of time.</summary>
    public IReadOnlyList<Interaction> Interactions { get; } =
    [
        .. Accounts.SelectMany(account => account.Interactions)
            .OrderBy(interaction => interaction.ObservedAtMs)
            .ThenBy(interaction => interaction.Id, StringComparer.Ordinal),
    ];

    public IEnumerable<AccountRegistration> Registrations => Accounts.Select(account => account.Registration);
}
