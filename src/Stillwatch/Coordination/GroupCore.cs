namespace Stillwatch.Coordination;

/// <summary>What is typical of a group, as a key: two circles of accounts with the same core refine to the same group.</summary>
/// <param name="values">The most widely shared first.</param>
internal sealed class GroupCore(IReadOnlyList<CoreValue> values) : IEquatable<GroupCore>
{
    /// <summary>The typical values, the most widely shared first.</summary>
    public IReadOnlyList<CoreValue> Values { get; } = values;

    /// <inheritdoc/>
    public bool Equals(GroupCore? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GroupCore);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in Values)
        {
            hash.Add(value.Value);
            hash.Add(value.Members);
        }

        return hash.ToHashCode();
    }
}
