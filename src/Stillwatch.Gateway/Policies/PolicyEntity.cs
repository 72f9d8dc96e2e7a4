using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies;

/// <summary>An entity: what policies speak about.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Attributes">A record.</param>
/// <param name="Parents">Entities that it is in, directly.</param>
public sealed record PolicyEntity(EntityId Id, PolicyValue Attributes, IReadOnlyList<EntityId> Parents);
