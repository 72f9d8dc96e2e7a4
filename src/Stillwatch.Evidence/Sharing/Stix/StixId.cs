using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>Names a STIX object: its type, two dashes, a UUID (STIX 2.1, 2.9).</summary>
/// <param name="Type">The type of the object, such as <c>indicator</c>; 3 to 250 characters.</param>
/// <param name="Uuid">The UUID, of variant 1 and version 1 to 5.</param>
public readonly record struct StixId(string Type, Guid Uuid) : ISpanParsable<StixId>
{
    private const int UuidLength = 36;
    private const int MinTypeLength = 3;
    private const int MaxTypeLength = 250;

    /// <inheritdoc/>
    public static StixId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is no STIX id, which is a type, two dashes and a UUID.");

    /// <inheritdoc/>
    public static StixId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out StixId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out StixId result)
    {
        result = default;
        var typeLength = s.Length - UuidLength - 2;
        if (typeLength is < MinTypeLength or > MaxTypeLength || s[typeLength] != '-' || s[typeLength + 1] != '-')
        {
            return false;
        }

        var type = s[..typeLength];
        if (!IsType(type) || !Guid.TryParseExact(s[^UuidLength..], "D", out var uuid) || uuid.Version is < 1 or > 5
            || uuid.Variant is < 8 or > 11)
        {
            return false;
        }

        result = new StixId(type.ToString(), uuid);
        return true;
    }

    /// <summary>The id as STIX writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type}--{Uuid:D}");

    /// <summary>Whether a text names a type: lower-case letters, digits and single dashes, a letter first (STIX 2.1, 3.1).</summary>
    internal static bool IsType(ReadOnlySpan<char> type)
    {
        if (type.Length is < MinTypeLength or > MaxTypeLength || !char.IsAsciiLetterLower(type[0]) || type[^1] == '-')
        {
            return false;
        }

        for (var i = 1; i < type.Length; i++)
        {
            var isDash = type[i] == '-' && type[i - 1] != '-';
            if (!isDash && !char.IsAsciiLetterLower(type[i]) && !char.IsAsciiDigit(type[i]))
            {
                return false;
            }
        }

        return true;
    }
}
