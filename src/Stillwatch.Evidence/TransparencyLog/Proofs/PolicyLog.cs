using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>A log that a policy accepts.</summary>
/// <param name="Key">Its key; the key's name is its origin.</param>
/// <param name="Url">Where it is, if the policy says so.</param>
public sealed record PolicyLog(NoteVerifierKey Key, string? Url);
