using System.Globalization;
using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>Figures, times and verdicts in words: the same ones in the table and in the page.</summary>
internal static class Wording
{
    /// <summary>Exponents from here on are written as a power of ten.</summary>
    private const double PlainExponents = 6;

    /// <summary>"1 account", "4,812 accounts".</summary>
    public static string Count(long count, string noun) => $"{Number(count)} {(count == 1 ? noun : Plural(noun))}";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>To the minute, in UTC without saying so; the sentence around it does.</summary>
    public static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>"2026-03-02 00:00 to 2026-03-16 23:59 UTC"; null unless both ends are known.</summary>
    public static string? Span(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } first && to is { } last ? $"{Minute(first)} to {Minute(last)} UTC" : null;

    /// <summary>"3 to block, 12 to restrict"; empty where there is none.</summary>
    public static string Advice(VerdictCounts counts) =>
        string.Join(", ", counts.BySeverity().Select(pair => $"{Number(pair.Accounts)} to {Name(pair.Verdict)}"));

    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Block => "block",
        Verdict.Restrict => "restrict",
        _ => "review",
    };

    public static string Name(Consequence verdict) => verdict == Consequence.Clear ? "clear" : Name((Verdict)verdict);

    /// <summary>
    /// How often independent accounts would give evidence this strong, at most: an e-value E is exceeded with probability at most
    /// 1/E (Markov). Rounded to the side that claims less.
    /// </summary>
    /// <param name="log10EValue">Decimal logarithm of the e-value.</param>
    public static string OneIn(double log10EValue) => log10EValue switch
    {
        >= PlainExponents => $"1 in 10^{Exponent(log10EValue)}",
        > 0 => $"1 in {Number(TwoDigits(Math.Pow(10, log10EValue)))}",
        _ => "no evidence",
    };

    public static bool IsPower(double log10EValue) => log10EValue >= PlainExponents;

    public static string Exponent(double log10EValue) => Math.Floor(log10EValue).ToString("0", CultureInfo.InvariantCulture);

    public static string Logarithm(double log10EValue) => log10EValue.ToString("N1", CultureInfo.InvariantCulture);

    /// <summary>"0.0004", "3.1e-9".</summary>
    public static string Probability(double probability) =>
        probability.ToString(probability is >= 0.0001 or 0 ? "0.####" : "0.0e-0", CultureInfo.InvariantCulture);

    /// <summary>"12 %", "0.4 %", "under 0.1 %".</summary>
    public static string Share(long part, long whole)
    {
        var percent = whole > 0 ? 100.0 * part / whole : 0;
        return percent switch
        {
            > 0 and < 0.1 => "under 0.1 %",
            < 10 => $"{percent.ToString("0.#", CultureInfo.InvariantCulture)} %",
            _ => $"{percent.ToString("0", CultureInfo.InvariantCulture)} %",
        };
    }

    /// <summary>"shared-payment" as "Shared payment".</summary>
    public static string Title(string code)
    {
        var words = HarmlessText.Of(code, 60).Replace('-', ' ');
        return words.Length == 0 ? "Evidence" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Plural(string noun) => noun.EndsWith('y') ? $"{noun[..^1]}ies" : $"{noun}s";

    private static long TwoDigits(double number)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(number)) - 1));
        return (long)(Math.Floor(number / unit) * unit);
    }
}
