namespace Stillwatch.Evidence.Sharing.Access;

/// <summary>Who may ask, and for what. The secret itself is not kept.</summary>
/// <remarks>Rights can be set: the generated reader would set those that can only be initialised to nothing.</remarks>
public sealed record ApiKey
{
    /// <summary>Stands for all collections in <see cref="Read"/> and <see cref="Write"/>.</summary>
    public const string Everything = "*";

    /// <summary>The lab's name; also the user name of HTTP Basic authentication.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret in hexadecimal digits. A secret has 256 random bits, so no slow hash is needed to guard it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Ids of the collections it may read.</summary>
    public IReadOnlyList<string> Read { get; set; } = [];

    /// <summary>Ids of the collections it may write to.</summary>
    public IReadOnlyList<string> Write { get; set; } = [];

    /// <summary>Whether the key service evaluates for it.</summary>
    public bool Evaluate { get; init; }

    /// <summary>Whether it may read a collection.</summary>
    public bool MayRead(string collection) => Allows(Read, collection);

    /// <summary>Whether it may write to a collection.</summary>
    public bool MayWrite(string collection) => Allows(Write, collection);

    private static bool Allows(IReadOnlyList<string> rights, string collection) =>
        rights.Any(right => right == Everything || string.Equals(right, collection, StringComparison.OrdinalIgnoreCase));
}
