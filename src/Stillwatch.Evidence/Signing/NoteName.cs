using System.Text;

namespace Stillwatch.Evidence.Signing;

/// <summary>The rule for names of keys in signed notes.</summary>
public static class NoteName
{
    /// <summary>Whether a name is not empty and holds no Unicode space, no plus sign and nothing that is no text.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > 0 && name.EnumerateRunes().All(static rune =>
            rune.Value >= ' ' && rune.Value != '+' && rune != Rune.ReplacementChar && !Rune.IsWhiteSpace(rune));
    }
}
