using System.Collections.Frozen;

namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>How long the hashes of each algorithm are, in hexadecimal digits.</summary>
internal static class HashLengths
{
    private static readonly FrozenDictionary<string, int> Digits = new Dictionary<string, int>
    {
        ["MD5"] = 32,
        ["SHA-1"] = 40,
        ["SHA-224"] = 56,
        ["SHA-256"] = 64,
        ["SHA-384"] = 96,
        ["SHA-512"] = 128,
        ["SHA3-256"] = 64,
        ["SHA3-512"] = 128,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="PatternSyntaxException">A hash is compared with what is none of its algorithm.</exception>
    public static void Check(ObjectPath path, IReadOnlyList<PatternLiteral> values, int position)
    {
        if (path.Steps is not [.., "hashes", var algorithm] || !Digits.TryGetValue(algorithm, out var digits))
        {
            return;
        }

        foreach (var value in values)
        {
            if (value.Kind == PatternLiteralKind.Text && (value.Text.Length != digits || !value.Text.All(char.IsAsciiHexDigit)))
            {
                throw new PatternSyntaxException(position, $"'{value.Text}' is no {algorithm} hash of {digits} hexadecimal digits");
            }
        }
    }
}
