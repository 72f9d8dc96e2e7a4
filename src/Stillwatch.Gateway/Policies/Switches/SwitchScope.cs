namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>What a kill switch stops.</summary>
/// <param name="Kind">All, or what is named.</param>
/// <param name="Name">The model, region or organisation; empty for all.</param>
public readonly record struct SwitchScope(SwitchScopeKind Kind, string Name)
{
    /// <summary>What the subjects of switches begin with.</summary>
    internal const string Prefix = "switch/";

    /// <summary>Everything.</summary>
    public static SwitchScope All { get; } = new(SwitchScopeKind.All, "");

    /// <summary>The subject of its entries in the log: <c>switch/all</c>, <c>switch/model/m-1</c>.</summary>
    public string Subject => Kind == SwitchScopeKind.All ? $"{Prefix}all" : $"{Prefix}{Word(Kind)}/{Name}";

    /// <summary>Reads a subject; null if it is of something else.</summary>
    public static SwitchScope? Parse(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (subject == All.Subject)
        {
            return All;
        }

        foreach (var kind in new[] { SwitchScopeKind.Model, SwitchScopeKind.Region, SwitchScopeKind.Organisation })
        {
            var prefix = $"{Prefix}{Word(kind)}/";
            if (subject.StartsWith(prefix, StringComparison.Ordinal) && subject.Length > prefix.Length)
            {
                return new(kind, subject[prefix.Length..]);
            }
        }

        return null;
    }

    /// <summary>Whether it stops a request.</summary>
    public bool Covers(in SwitchTraffic traffic) => Kind switch
    {
        SwitchScopeKind.Model => Name == traffic.Model,
        SwitchScopeKind.Region => Name == traffic.Region,
        SwitchScopeKind.Organisation => Name == traffic.Organisation,
        _ => true,
    };

    private static string Word(SwitchScopeKind kind) => kind.ToString().ToLowerInvariant();
}
