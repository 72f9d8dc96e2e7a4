using System.Text;
using System.Text.RegularExpressions;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Values;

/// <summary>
/// A value in the one form that all labs give it before it is blinded; what labs write differently would never match. The form is part of
/// the protocol: <c>kind ‖ 0x00 ‖ normalised value</c>.
/// </summary>
public static partial class MatchValue
{
    /// <summary>The longest value, in UTF-16 code units.</summary>
    public const int MaxLength = 4096;

    /// <summary>A template shorter than this when its slots are taken out says nothing, and may be guessed.</summary>
    public const int MinTemplateLetters = 20;

    private const int MinDigits = 7;

    /// <summary>Refuses half of a surrogate pair instead of replacing it.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The name of a kind in files and tokens.</summary>
    public static string Name(MatchKind kind) => kind == MatchKind.PromptTemplate ? "prompt-template" : kind.ToString().ToLowerInvariant();

    /// <summary>The kind of a name; null for none.</summary>
    public static MatchKind? Kind(string? name) =>
        Enum.GetValues<MatchKind>().Where(kind => Name(kind) == name).Select(static kind => (MatchKind?)kind).FirstOrDefault();

    /// <summary>What is blinded for a value.</summary>
    /// <returns>Null where nothing is left of the value, or too little to tell anybody apart.</returns>
    public static byte[]? Input(MatchKind kind, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var normal = value.Length > MaxLength ? "" : Normalise(kind, Composed(value));
        return normal.Length == 0 ? null : [.. Encoding.UTF8.GetBytes(Name(kind)), 0, .. Encoding.UTF8.GetBytes(normal)];
    }

    private static string Normalise(MatchKind kind, string value) => kind switch
    {
        MatchKind.Payment => LongEnough(LettersAndDigits(value), MinDigits),
        MatchKind.Email => Email(value),
        MatchKind.Phone => LongEnough(string.Concat(value.Where(char.IsAsciiDigit)).TrimStart('0'), MinDigits),
        MatchKind.Device => LongEnough(LettersAndDigits(value), MinDigits),
        _ => Template(value),
    };

    /// <summary>The address in lower case; what mail providers ignore in the local part (a tag after a plus sign) is dropped.</summary>
    private static string Email(string value)
    {
        var parts = value.Trim().ToLowerInvariant().Split('@');
        return parts is [var local, var domain] && domain.Contains('.', StringComparison.Ordinal)
            && local.Split('+')[0] is { Length: > 0 } name
            ? $"{name}@{domain.TrimEnd('.')}"
            : "";
    }

    /// <summary>The template without what changes from prompt to prompt: quoted text, addresses, numbers and names become slots.</summary>
    private static string Template(string value)
    {
        var slots = Names().Replace(Numbers().Replace(Quotes().Replace(Links().Replace(value, "\u0001"), "\u0001"), "\u0001"), "\u0001");
        var words = Blanks().Replace(slots.ToLowerInvariant(), " ").Trim();
        return words.Count(char.IsLetter) >= MinTemplateLetters ? words : "";
    }

    private static string LettersAndDigits(string value) => string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string LongEnough(string value, int length) => value.Length >= length ? value : "";

    /// <summary>Compatibility composition (Unicode Annex 15, NFKC): equal texts are equal bytes. Nothing for broken texts.</summary>
    private static string Composed(string value)
    {
        try
        {
            var composed = value.Normalize(NormalizationForm.FormKC);
            return Strict.GetByteCount(composed) > 0 ? composed : "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }

    [GeneratedRegex(@"(?:https?://|www\.)\S+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex("\"[^\"]*\"|'[^'\\s][^']*'|“[^”]*”|«[^»]*»|\\{[^{}]*\\}|<[^<>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Quotes();

    [GeneratedRegex(@"\p{Nd}+(?:[.,:/-]\p{Nd}+)*", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    /// <summary>A capitalised word that does not begin a sentence.</summary>
    [GeneratedRegex(@"(?<=[\p{Ll}\p{Nd},;] )\p{Lu}\p{Ll}+(?:[ '-]\p{Lu}\p{Ll}+)*")]
    private static partial Regex Names();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
