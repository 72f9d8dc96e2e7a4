namespace Stillwatch.Gateway.Policies.Values;

/// <summary>The name of an entity: <c>Account::"a-1"</c>.</summary>
/// <param name="Type">Its type, parts joined by <c>::</c>.</param>
/// <param name="Id">Its id within the type.</param>
public readonly record struct EntityId(string Type, string Id)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}::\"{Id}\"";
}
