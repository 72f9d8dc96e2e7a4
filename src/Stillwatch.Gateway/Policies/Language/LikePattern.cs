namespace Stillwatch.Gateway.Policies.Language;

/// <summary>A pattern in which a star stands for any text.</summary>
/// <remarks>Each part between stars is looked for once, leftmost first: linear in the text for each part.</remarks>
internal sealed class LikePattern(IReadOnlyList<string> parts)
{
    public bool Matches(string text)
    {
        if (parts.Count == 1)
        {
            return text == parts[0];
        }

        var (first, last) = (parts[0], parts[^1]);
        if (text.Length < first.Length + last.Length || !text.StartsWith(first, StringComparison.Ordinal)
            || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        for (var i = 1; i < parts.Count - 1; i++)
        {
            var at = rest.IndexOf(parts[i], StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + parts[i].Length)..];
        }

        return true;
    }
}
