using System.Text;

namespace Stillwatch.Gateway.Quotas;

/// <summary>
/// One limit: at most <paramref name="Cap"/> of <paramref name="Measure"/> within any interval of <paramref name="Window"/>.
/// </summary>
/// <param name="Name">Unique; people read it in denials and logs. The counts of a limit follow its name, measure and window.</param>
/// <param name="Measure">What is counted.</param>
/// <param name="Cap">The most that is allowed, 0 to <see cref="MaxCap"/>; 0 allows nothing.</param>
/// <param name="Window">
/// The length of the sliding window, from <see cref="MinWindow"/> to <see cref="MaxWindow"/>; null counts for ever (a prepaid
/// budget). Null for <see cref="QuotaMeasure.Concurrency"/>.
/// </param>
/// <param name="Per">For whom a count of its own is kept.</param>
public sealed record QuotaLimit(
    string Name, QuotaMeasure Measure, long Cap, TimeSpan? Window = null, QuotaScope Per = QuotaScope.None)
{
    /// <summary>The largest cap; leaves room to add without overflow.</summary>
    public const long MaxCap = 1_000_000_000_000_000;

    /// <summary>Shortest window.</summary>
    public static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);

    /// <summary>Longest window.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromDays(366);

    /// <summary>Characters of an id of the subject at most.</summary>
    public const int MaxIdLength = 256;

    /// <summary>Between the parts of a count's name; no id may hold it.</summary>
    internal const char Separator = '\u001f';

    /// <summary>Whom it is for; everybody unless said.</summary>
    public QuotaMatch Match { get; init; } = QuotaMatch.All;

    /// <summary>For whom a count is, as people read it: <c>key k-1, model m-1</c>; empty for a count of everybody.</summary>
    internal string ScopeOf(in QuotaSubject subject)
    {
        var text = new StringBuilder();
        Add(text, QuotaScope.Key, "key ", subject.Key);
        Add(text, QuotaScope.Account, "account ", subject.Account);
        Add(text, QuotaScope.Organisation, "organisation ", subject.Organisation);
        Add(text, QuotaScope.Model, "model ", subject.Model);
        Add(text, QuotaScope.Region, "region ", subject.Region);
        return text.ToString();
    }

    /// <summary>The durable name of a count.</summary>
    internal string CountName(string scope) => FormattableString.Invariant(
        $"{Name}{Separator}{Measure}{Separator}{(long)(Window ?? TimeSpan.Zero).TotalMilliseconds}{Separator}{scope}");

    /// <summary>For whom a count is, by its durable name; null if it is of another limit.</summary>
    internal string? ScopeOfCount(string countName)
    {
        var prefix = CountName("");
        return countName.StartsWith(prefix, StringComparison.Ordinal) ? countName[prefix.Length..] : null;
    }

    private void Add(StringBuilder text, QuotaScope scope, string word, string value)
    {
        if (Per.HasFlag(scope))
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MaxIdLength, word);
            text.Append(text.Length > 0 ? ", " : "").Append(word).Append(value.Replace(Separator, '?'));
        }
    }
}
