namespace Stillwatch.Provenance.Watermarking;

/// <summary>
/// How the green list of <see cref="KgwGreenList"/> follows from the context; names in brackets are those of the published code.
/// </summary>
public enum KgwSeeding
{
    /// <summary>From the token before (<c>simple_1</c>, <c>lefthash</c>).</summary>
    Simple,

    /// <summary>
    /// From the smallest of the hashed products of the token itself with the three before it and itself (<c>selfhash</c>).
    /// </summary>
    SelfHash,
}
