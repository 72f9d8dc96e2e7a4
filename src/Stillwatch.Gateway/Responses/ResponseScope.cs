namespace Stillwatch.Gateway.Responses;

/// <summary>Whose requests a response is for.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Name">Its name.</param>
public readonly record struct ResponseScope(ResponseScopeKind Kind, string Name)
{
    /// <summary>What the subjects of responses begin with.</summary>
    public const string Prefix = "response/";

    private const int MaxNameLength = 256;

    /// <summary>The subject of its entries in the log: <c>response/account/alice</c>.</summary>
    public string Subject => $"{Prefix}{Kind.ToString().ToLowerInvariant()}/{Name}";

    /// <summary>Reads a subject; null if it is of something else.</summary>
    public static ResponseScope? Parse(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        foreach (var kind in Enum.GetValues<ResponseScopeKind>())
        {
            var prefix = new ResponseScope(kind, "").Subject;
            if (subject.StartsWith(prefix, StringComparison.Ordinal) && subject.Length - prefix.Length is > 0 and <= MaxNameLength)
            {
                return new(kind, subject[prefix.Length..]);
            }
        }

        return null;
    }
}
