namespace Stillwatch.Gateway.Policies.Language;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A name or a word of the language.</summary>
    Word,

    /// <summary>A text in quotation marks, still escaped.</summary>
    String,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>A sign or two.</summary>
    Sign,
}
