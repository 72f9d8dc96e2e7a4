using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies;

/// <summary>Entities and which is in which. An entity that is not among them has no attributes and is in nothing but itself.</summary>
public sealed class PolicyEntities
{
    /// <summary>The most entities.</summary>
    public const int MaxEntities = 100_000;

    /// <summary>The most entities that one is in, directly or not.</summary>
    public const int MaxAncestors = 1000;

    private readonly Dictionary<EntityId, PolicyEntity> _entities;
    private readonly Dictionary<EntityId, HashSet<EntityId>> _ancestors;

    /// <summary>Takes entities.</summary>
    /// <exception cref="ArgumentException">One is given twice, has no record of attributes, or is in itself; or there are too
    /// many.</exception>
    public PolicyEntities(IEnumerable<PolicyEntity> entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        var list = entities.ToList();
        if (list.Count > MaxEntities)
        {
            throw new ArgumentException($"There are {list.Count} entities; at most {MaxEntities} are accepted.", nameof(entities));
        }

        if (list.FirstOrDefault(entity => entity.Attributes.Kind != PolicyValueKind.Record) is { } odd)
        {
            throw new ArgumentException($"The attributes of {odd.Id} are no record.", nameof(entities));
        }

        _entities = list.ToDictionary(entity => entity.Id);
        _ancestors = list.Where(entity => entity.Parents.Count > 0).ToDictionary(entity => entity.Id, Ancestors);
    }

    /// <summary>No entities.</summary>
    public static PolicyEntities None { get; } = new([]);

    /// <summary>An entity; null if it is not among them.</summary>
    public PolicyEntity? Find(EntityId id) => _entities.GetValueOrDefault(id);

    /// <summary>Whether one is the other, or in it.</summary>
    public bool IsIn(EntityId entity, EntityId group) =>
        entity == group || (_ancestors.TryGetValue(entity, out var ancestors) && ancestors.Contains(group));

    private HashSet<EntityId> Ancestors(PolicyEntity entity)
    {
        var found = new HashSet<EntityId>();
        var open = new Queue<EntityId>(entity.Parents);
        while (open.TryDequeue(out var next))
        {
            if (next == entity.Id)
            {
                throw new ArgumentException($"{entity.Id} is in itself.");
            }

            if (!found.Add(next))
            {
                continue;
            }

            if (found.Count > MaxAncestors)
            {
                throw new ArgumentException($"{entity.Id} is in more than {MaxAncestors} entities.");
            }

            foreach (var parent in Find(next)?.Parents ?? [])
            {
                open.Enqueue(parent);
            }
        }

        return found;
    }
}
