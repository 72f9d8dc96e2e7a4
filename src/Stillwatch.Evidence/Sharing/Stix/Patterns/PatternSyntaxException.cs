namespace Stillwatch.Evidence.Sharing.Stix.Patterns;

/// <summary>A text is no STIX pattern.</summary>
public sealed class PatternSyntaxException : FormatException
{
    /// <param name="position">Where, from 0.</param>
    /// <param name="fault">What is wrong there.</param>
    public PatternSyntaxException(int position, string fault)
        : base($"at character {position + 1}: {fault}") => Position = position;

    /// <summary>Index of the character at which the fault was seen.</summary>
    public int Position { get; }
}
