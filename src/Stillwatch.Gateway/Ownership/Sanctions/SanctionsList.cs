using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Stillwatch.Gateway.Ownership.Sanctions;

/// <summary>A list that can be asked. Only identifiers decide; a name is a lead for a person, whatever it resembles.</summary>
/// <param name="source">Which list, for whoever reads a match.</param>
/// <param name="published">When it was published; null if it does not say.</param>
/// <param name="entries">Its parties.</param>
public sealed class SanctionsList(string source, DateOnly? published, IReadOnlyList<SanctionsEntry> entries)
{
    private readonly FrozenDictionary<string, (SanctionsIdentifier Identifier, SanctionsEntry Entry)[]> _identifiers = entries
        .SelectMany(entry => entry.Identifiers.Select(identifier => (Identifier: identifier, Entry: entry)))
        .Where(pair => pair.Identifier.Normalized.Length >= SanctionsIdentifier.MinLength)
        .GroupBy(pair => pair.Identifier.Normalized, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private readonly FrozenDictionary<string, SanctionsEntry[]> _names = entries
        .SelectMany(entry => entry.Aliases.Prepend(entry.Name).Select(name => (Words: Words(name), Entry: entry)))
        .Where(pair => pair.Words.Length > 0)
        .GroupBy(pair => pair.Words, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Select(pair => pair.Entry).Distinct().ToArray(), StringComparer.Ordinal);

    /// <summary>Which list.</summary>
    public string Source { get; } = source;

    /// <summary>When it was published.</summary>
    public DateOnly? Published { get; } = published;

    /// <summary>Its parties.</summary>
    public IReadOnlyList<SanctionsEntry> Entries { get; } = entries;

    /// <summary>The parties that an identifier names: same kind, same number, and the same country where both say one.</summary>
    public IReadOnlyList<SanctionsEntry> Identify(SanctionsIdentifier identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        return _identifiers.TryGetValue(identifier.Normalized, out var pairs)
            ? [.. pairs.Where(pair => pair.Identifier.IsSame(identifier)).Select(pair => pair.Entry).Distinct()]
            : [];
    }

    /// <summary>Parties with a name of the same words, in any order: for a person to look at, never to decide by.</summary>
    public IReadOnlyList<SanctionsEntry> LeadsByName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _names.TryGetValue(Words(name), out var found) ? found : [];
    }

    /// <summary>The words of a name, without case, accents and punctuation, in ordinal order.</summary>
    private static string Words(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                plain.Append(char.IsLetterOrDigit(letter) ? char.ToUpperInvariant(letter) : letter is '\'' or '.' ? "" : ' ');
            }
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
    }
}
