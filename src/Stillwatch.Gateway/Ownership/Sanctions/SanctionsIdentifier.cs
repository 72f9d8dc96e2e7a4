using System.Text;

namespace Stillwatch.Gateway.Ownership.Sanctions;

/// <summary>A number that names exactly one party: a registration, a tax number, a passport, a BIC.</summary>
/// <param name="Type">What kind, as the list calls it, such as <c>Registration Number</c>.</param>
/// <param name="Number">The number.</param>
/// <param name="Country">Who issued it, as the list calls it; null if it does not say.</param>
public sealed record SanctionsIdentifier(string Type, string Number, string? Country)
{
    /// <summary>Shorter numbers name nobody (the lists keep <c>Gender: Male</c> among identifiers, too).</summary>
    public const int MinLength = 5;

    /// <summary>Letters and digits only, upper case: how issuers group a number says nothing.</summary>
    internal string Normalized => Normalize(Number);

    internal string NormalizedType => Normalize(Type);

    /// <summary>Whether two are the same number; a country that one of them leaves open may be any.</summary>
    internal bool IsSame(SanctionsIdentifier other) => NormalizedType == other.NormalizedType && Normalized == other.Normalized
        && (Country is null || other.Country is null || Normalize(Country) == Normalize(other.Country));

    private static string Normalize(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text.Where(char.IsLetterOrDigit))
        {
            kept.Append(char.ToUpperInvariant(letter));
        }

        return kept.ToString();
    }
}
