namespace Stillwatch.Evidence.Cases;

/// <summary>Who takes a step in a case.</summary>
public readonly record struct CaseActor
{
    private readonly string? _name;

    private CaseActor(string? name) => _name = name;

    /// <summary>The system, where the policy lets it act alone.</summary>
    public static CaseActor System => default;

    /// <summary>Whether it is the system.</summary>
    public bool IsSystem => _name is null;

    /// <summary>The name; it is kept in the content, never in the log.</summary>
    public string Name => _name ?? CaseRules.System;

    /// <summary>A person.</summary>
    /// <exception cref="InvalidDataException">The name is empty, too long, or the system's.</exception>
    public static CaseActor Person(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim() is { Length: > 0 and <= 128 } trimmed && trimmed != CaseRules.System
            ? new(trimmed)
            : throw new InvalidDataException($"A person's name has 1 to 128 characters and is not '{CaseRules.System}'.");
    }

    /// <summary>What the log's entries call the actor.</summary>
    internal string PseudonymIn(Pseudonyms pseudonyms) => IsSystem ? CaseRules.System : pseudonyms.OfPerson(Name);
}
