using System.Text.RegularExpressions;

namespace Stillwatch.Provenance.Tokenising;

/// <summary>The published patterns by which texts are split into pieces before bytes are merged.</summary>
/// <remarks>
/// openai/tiktoken, <c>tiktoken_ext/openai_public.py</c> (MIT). Possessive quantifiers, which .NET has not and which change nothing that
/// is matched here, are left out.
/// </remarks>
public static partial class SplitPattern
{
    /// <summary>Of GPT-2 and what took over its tokeniser: <c>gpt2</c>, <c>r50k_base</c>, <c>p50k_base</c>.</summary>
    public const string Gpt2 = "gpt2";

    /// <summary>Of GPT-3.5 and GPT-4.</summary>
    public const string Cl100k = "cl100k";

    /// <summary>Of GPT-4o and later, and of the open-weight models.</summary>
    public const string O200k = "o200k";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } = [Gpt2, Cl100k, O200k];

    /// <summary>The pattern of a name; null if there is none.</summary>
    internal static Regex? Of(string name) => name switch
    {
        Gpt2 => Gpt2Pattern(),
        Cl100k => Cl100kPattern(),
        O200k => O200kPattern(),
        _ => null,
    };

    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Gpt2Pattern();

    [GeneratedRegex(
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Cl100kPattern();

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
        + @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex O200kPattern();
}
