using System.Diagnostics.CodeAnalysis;

namespace Stillwatch.Interactions;

/// <summary>The holder of an API key, as the operator's log names it. Compared byte by byte; never empty.</summary>
public readonly record struct AccountId : ISpanParsable<AccountId>, ISpanFormattable
{
    /// <summary>The longest accepted name in UTF-16 code units; longer ones are refused as malformed input.</summary>
    public const int MaxLength = 512;

    private readonly string? _value;

    /// <param name="value">1 to <see cref="MaxLength"/> code units.</param>
    /// <exception cref="ArgumentException">The value is null, empty or longer than <see cref="MaxLength"/>.</exception>
    public AccountId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MaxLength, nameof(value));
        _value = value;
    }

    /// <summary>The name; empty only for <c>default</c>, which names no account.</summary>
    public string Value => _value ?? string.Empty;

    /// <inheritdoc/>
    public static AccountId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => new(s.ToString());

    /// <inheritdoc/>
    public static AccountId Parse(string s, IFormatProvider? provider) => new(s);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out AccountId result)
    {
        var valid = s.Length is > 0 and <= MaxLength;
        result = valid ? new AccountId(s.ToString()) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccountId result) =>
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
