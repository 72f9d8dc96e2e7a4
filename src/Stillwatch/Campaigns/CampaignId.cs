using System.Diagnostics.CodeAnalysis;

namespace Stillwatch.Campaigns;

/// <summary>Names one campaign of a hunt; the same members and evidence give the same name. Compared byte by byte; never empty.</summary>
public readonly record struct CampaignId : ISpanParsable<CampaignId>, ISpanFormattable
{
    /// <summary>The longest accepted name in UTF-16 code units.</summary>
    public const int MaxLength = 128;

    private readonly string? _value;

    /// <param name="value">1 to <see cref="MaxLength"/> code units.</param>
    /// <exception cref="ArgumentException">The value is null, empty or longer than <see cref="MaxLength"/>.</exception>
    public CampaignId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MaxLength, nameof(value));
        _value = value;
    }

    /// <summary>The name; empty only for <c>default</c>, which names no campaign.</summary>
    public string Value => _value ?? string.Empty;

    /// <inheritdoc/>
    public static CampaignId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => new(s.ToString());

    /// <inheritdoc/>
    public static CampaignId Parse(string s, IFormatProvider? provider) => new(s);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out CampaignId result)
    {
        var valid = s.Length is > 0 and <= MaxLength;
        result = valid ? new CampaignId(s.ToString()) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CampaignId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var fits = Value.TryCopyTo(destination);
        charsWritten = fits ? Value.Length : 0;
        return fits;
    }

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? formatProvider) => Value;

    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}
