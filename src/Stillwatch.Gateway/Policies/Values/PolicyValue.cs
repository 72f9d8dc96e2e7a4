using System.Net;

namespace Stillwatch.Gateway.Policies.Values;

/// <summary>A value of Cedar's types. Values of different types are never equal. Immutable.</summary>
public readonly struct PolicyValue : IEquatable<PolicyValue>
{
    private readonly object? _object;
    private readonly long _number;

    private PolicyValue(PolicyValueKind kind, long number, object? value = null)
    {
        Kind = kind;
        _number = number;
        _object = value;
    }

    /// <summary>Its type.</summary>
    public PolicyValueKind Kind { get; }

    /// <summary>True.</summary>
    public static PolicyValue True { get; } = new(PolicyValueKind.Boolean, 1);

    /// <summary>False.</summary>
    public static PolicyValue False { get; } = new(PolicyValueKind.Boolean, 0);

    internal bool IsError => Kind == PolicyValueKind.Error;

    internal bool IsTrue => Kind == PolicyValueKind.Boolean && _number != 0;

    /// <summary>A number, or what stands for a decimal (ten-thousandths), a moment or a length of time (milliseconds).</summary>
    internal long Number => _number;

    internal string Text => (string)_object!;

    internal EntityId Id => (EntityId)_object!;

    internal HashSet<PolicyValue> Elements => (HashSet<PolicyValue>)_object!;

    internal Dictionary<string, PolicyValue> Members => (Dictionary<string, PolicyValue>)_object!;

    internal IpRange Range => (IpRange)_object!;

    /// <summary>Whether two are equal.</summary>
    public static bool operator ==(PolicyValue left, PolicyValue right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(PolicyValue left, PolicyValue right) => !left.Equals(right);

    /// <summary>A truth value.</summary>
    public static PolicyValue Of(bool value) => value ? True : False;

    /// <summary>A whole number.</summary>
    public static PolicyValue Of(long value) => new(PolicyValueKind.Long, value);

    /// <summary>A text.</summary>
    public static PolicyValue Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(PolicyValueKind.String, 0, value);
    }

    /// <summary>The name of an entity.</summary>
    public static PolicyValue Of(EntityId value) => new(PolicyValueKind.Entity, 0, value);

    /// <summary>A moment; parts of a millisecond are cut off.</summary>
    public static PolicyValue Of(DateTimeOffset value) => Datetime(value.ToUnixTimeMilliseconds());

    /// <summary>An address or a range, as Cedar's <c>ip</c> reads it; an error value if it does not.</summary>
    public static PolicyValue Ip(string text) =>
        IpRange.Parse(text) is { } range ? new(PolicyValueKind.Ip, 0, range) : Error($"'{text}' is no IP address or range.");

    /// <summary>An address.</summary>
    public static PolicyValue Ip(IPAddress address) => new(PolicyValueKind.Ip, 0, IpRange.Of(address));

    // Most sets and records are made for one request and asked once or twice: tables that are quick to make, and never changed after.

    /// <summary>Values without order or repetition.</summary>
    public static PolicyValue Set(IEnumerable<PolicyValue> values) => new(PolicyValueKind.Set, 0, new HashSet<PolicyValue>(values));

    /// <summary>Values by name; of a name that comes twice, the last.</summary>
    public static PolicyValue Record(IEnumerable<KeyValuePair<string, PolicyValue>> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var table = new Dictionary<string, PolicyValue>(StringComparer.Ordinal);
        foreach (var (name, value) in members)
        {
            table[name] = value;
        }

        return new(PolicyValueKind.Record, 0, table);
    }

    /// <inheritdoc/>
    public bool Equals(PolicyValue other) => Kind == other.Kind && _number == other._number && Kind switch
    {
        PolicyValueKind.Set => Elements.SetEquals(other.Elements),
        PolicyValueKind.Record => Members.Count == other.Members.Count
            && Members.All(member => other.Members.TryGetValue(member.Key, out var value) && value == member.Value),
        PolicyValueKind.Error => false,
        _ => Equals(_object, other._object),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PolicyValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind switch
    {
        // Elements and members have no order, so their hashes are added.
        PolicyValueKind.Set => Elements.Aggregate(Elements.Count, static (sum, value) => unchecked(sum + value.GetHashCode())),
        PolicyValueKind.Record => Members.Aggregate(
            Members.Count, static (sum, member) => unchecked(sum + HashCode.Combine(member.Key, member.Value))),
        _ => HashCode.Combine(Kind, _number, _object),
    };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        PolicyValueKind.Boolean => IsTrue ? "true" : "false",
        PolicyValueKind.Set => $"[{string.Join(", ", Elements)}]",
        PolicyValueKind.Record => $"{{{string.Join(", ", Members.Select(member => $"{member.Key}: {member.Value}"))}}}",
        PolicyValueKind.Long or PolicyValueKind.Decimal or PolicyValueKind.Datetime or PolicyValueKind.Duration =>
            FormattableString.Invariant($"{_number}"),
        _ => _object?.ToString() ?? "",
    };

    internal static PolicyValue Error(string message) => new(PolicyValueKind.Error, 0, message);

    internal static PolicyValue Decimal(long tenThousandths) => new(PolicyValueKind.Decimal, tenThousandths);

    internal static PolicyValue Datetime(long milliseconds) => new(PolicyValueKind.Datetime, milliseconds);

    internal static PolicyValue Duration(long milliseconds) => new(PolicyValueKind.Duration, milliseconds);
}
