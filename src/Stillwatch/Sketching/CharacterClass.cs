using System.Text;

namespace Stillwatch.Sketching;

/// <summary>Which characters make words, which end phrases.</summary>
internal static class CharacterClass
{
    private static readonly CharacterKind[] Kinds = Build();

    public static CharacterKind Of(byte value) => Kinds[value];

    /// <summary>Full stops, question marks, colons and the like outside ASCII.</summary>
    public static bool EndsPhrase(Rune rune) => rune.Value is
        '。' or '！' or '？' or '：' or '；' or '．' or '｡' or '؟' or '؛' or '۔' or '।' or '…' or '¿' or '¡' or 0x2028 or 0x2029;

    /// <summary>Scripts that write words without spaces between them.</summary>
    public static bool IsIdeographic(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30ff) or (>= 0x3400 and <= 0x4dbf) or (>= 0x4e00 and <= 0x9fff) or (>= 0xf900 and <= 0xfaff)
        or (>= 0x20000 and <= 0x3134f) or (>= 0x0e00 and <= 0x0eff) or (>= 0x1000 and <= 0x109f) or (>= 0x1780 and <= 0x17ff);

    private static CharacterKind[] Build()
    {
        var kinds = new CharacterKind[256];
        for (var value = 0; value < kinds.Length; value++)
        {
            kinds[value] = value switch
            {
                >= 0x80 => CharacterKind.NonAscii,
                (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => CharacterKind.Letter,
                >= '0' and <= '9' => CharacterKind.Digit,
                '\n' or '\r' or '.' or '!' or '?' or ':' or ';' => CharacterKind.PhraseEnd,
                _ => CharacterKind.Separator,
            };
        }

        return kinds;
    }
}
