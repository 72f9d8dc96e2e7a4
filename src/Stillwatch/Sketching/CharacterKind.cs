namespace Stillwatch.Sketching;

/// <summary>The part a byte of UTF-8 plays in finding words.</summary>
internal enum CharacterKind : byte
{
    /// <summary>Separates words.</summary>
    Separator,

    /// <summary>An ASCII letter.</summary>
    Letter,

    /// <summary>An ASCII digit.</summary>
    Digit,

    /// <summary>An ASCII mark that ends a phrase.</summary>
    PhraseEnd,

    /// <summary>Part of a longer sequence.</summary>
    NonAscii,
}
