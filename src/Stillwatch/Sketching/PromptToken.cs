namespace Stillwatch.Sketching;

/// <summary>What <see cref="PromptScanner"/> stopped at.</summary>
internal enum PromptToken : byte
{
    /// <summary>The text is over.</summary>
    End,

    /// <summary>A word or figure.</summary>
    Word,

    /// <summary>A sentence mark or line end.</summary>
    PhraseEnd,
}
