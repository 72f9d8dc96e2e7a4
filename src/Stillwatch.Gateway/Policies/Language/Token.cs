namespace Stillwatch.Gateway.Policies.Language;

/// <summary>A token and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its characters; of a string those between the quotation marks.</param>
/// <param name="Offset">Where it begins in the text.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset);
