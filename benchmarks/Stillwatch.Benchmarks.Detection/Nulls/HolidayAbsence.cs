using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Sketching;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>Who is away on a holiday: nine in ten accounts of offices, schools and companies where it is kept.</summary>
internal sealed class HolidayAbsence
{
    private const long DayMs = 24L * 60 * 60 * 1000;
    private const ulong AwayOfTen = 9;

    private static readonly HashSet<string> Closed = ["app", "batch", "agent", "classroom", "evaluator"];

    private readonly HashSet<AccountId> _away;
    private readonly long _fromMs;

    /// <param name="holiday">The holiday.</param>
    /// <param name="startMs">Start of the world.</param>
    /// <param name="accounts">All accounts with their countries.</param>
    /// <param name="classes">What kind of account each is.</param>
    public HolidayAbsence(
        Holiday holiday, long startMs, IEnumerable<AccountRegistration> accounts, IReadOnlyDictionary<AccountId, string> classes)
    {
        var all = accounts.ToList();
        var largest = all.CountBy(static account => account.Country ?? string.Empty).OrderByDescending(static country => country.Value)
            .ThenBy(static country => country.Key, StringComparer.Ordinal).First().Key;
        _fromMs = startMs + (holiday.Day * DayMs);
        _away = [.. all.Where(account => holiday.Everywhere || account.Country == largest).Select(static account => account.Account)
            .Where(account => Closed.Contains(classes[account]) && TakesPart(account))];
    }

    /// <summary>Whether the interaction does not happen.</summary>
    public bool IsAway(Interaction interaction) =>
        interaction.ObservedAtMs >= _fromMs && interaction.ObservedAtMs < _fromMs + DayMs && _away.Contains(interaction.Account);

    private static bool TakesPart(AccountId account) => XxHash64.Hash(Encoding.UTF8.GetBytes(account.Value)) % 10 < AwayOfTen;
}
