using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies;

/// <summary>What is asked: may this principal do this to that, under these circumstances?</summary>
/// <param name="Principal">Who.</param>
/// <param name="Action">What.</param>
/// <param name="Resource">To what.</param>
/// <param name="Context">A record of circumstances.</param>
/// <param name="Entities">What is known of the entities.</param>
public sealed record PolicyRequest(
    EntityId Principal, EntityId Action, EntityId Resource, PolicyValue Context, PolicyEntities Entities)
{
    // Every policy reads these three; made once.
    internal PolicyValue PrincipalValue { get; } = PolicyValue.Of(Principal);

    internal PolicyValue ActionValue { get; } = PolicyValue.Of(Action);

    internal PolicyValue ResourceValue { get; } = PolicyValue.Of(Resource);
}
