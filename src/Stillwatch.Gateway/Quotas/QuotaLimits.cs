namespace Stillwatch.Gateway.Quotas;

/// <summary>The limits in force together: every one that matches a request must have room for it. Immutable.</summary>
public sealed class QuotaLimits
{
    /// <summary>The most limits; each that matches costs time at every request.</summary>
    public const int MaxLimits = 256;

    private QuotaLimits(IReadOnlyList<QuotaLimit> limits) => Limits = limits;

    /// <summary>The limits, in the order given.</summary>
    public IReadOnlyList<QuotaLimit> Limits { get; }

    /// <summary>Takes limits that <see cref="Faults"/> finds nothing wrong with.</summary>
    /// <exception cref="ArgumentException">Some fault; the message lists them all.</exception>
    public static QuotaLimits Create(params IEnumerable<QuotaLimit> limits)
    {
        IReadOnlyList<QuotaLimit> list = [.. limits];
        var faults = Faults(list);
        return faults.Count == 0 ? new(list) : throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(limits));
    }

    /// <summary>Everything that is wrong with limits, a sentence each; empty if nothing is.</summary>
    public static IReadOnlyList<string> Faults(IReadOnlyList<QuotaLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var faults = limits.SelectMany(FaultsOf).ToList();
        faults.AddRange(limits.GroupBy(limit => limit.Name, StringComparer.Ordinal).Where(group => group.Count() > 1)
            .Select(group => $"Limit '{group.Key}' is given {group.Count()} times; a name is used once."));
        if (limits.Count > MaxLimits)
        {
            faults.Add($"There are {limits.Count} limits; at most {MaxLimits} are accepted.");
        }

        return faults;
    }

    private static IEnumerable<string> FaultsOf(QuotaLimit limit)
    {
        if (string.IsNullOrWhiteSpace(limit.Name) || limit.Name.Length > 128 || limit.Name.Any(char.IsControl))
        {
            yield return $"Limit '{limit.Name}': a name has 1 to 128 printable characters.";
        }

        if (!Enum.IsDefined(limit.Measure))
        {
            yield return $"Limit '{limit.Name}': measure {limit.Measure} is none of {string.Join(", ", Enum.GetNames<QuotaMeasure>())}.";
        }

        if (limit.Cap is < 0 or > QuotaLimit.MaxCap)
        {
            yield return $"Limit '{limit.Name}': cap {limit.Cap} is not between 0 and {QuotaLimit.MaxCap}.";
        }

        if (limit.Measure == QuotaMeasure.Concurrency && limit.Window is not null)
        {
            yield return $"Limit '{limit.Name}': concurrency has no window.";
        }
        else if (limit.Window is { } window && (window < QuotaLimit.MinWindow || window > QuotaLimit.MaxWindow))
        {
            yield return $"Limit '{limit.Name}': window {window} is not between {QuotaLimit.MinWindow} and {QuotaLimit.MaxWindow}.";
        }
    }
}
