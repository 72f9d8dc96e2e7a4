using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>A witness that a policy knows.</summary>
/// <param name="Name">What the policy calls it; means nothing elsewhere.</param>
/// <param name="Key">Its key.</param>
/// <param name="Url">Its submission prefix, if the policy says so.</param>
public sealed record PolicyWitness(string Name, NoteVerifierKey Key, string? Url);
