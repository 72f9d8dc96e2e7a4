using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.TransparencyLog.Witnessing;

/// <summary>What asking one witness came to.</summary>
/// <param name="Witness">Who was asked.</param>
/// <param name="Cosignature">Its verified cosignature; null if there is none.</param>
/// <param name="Reason">Why there is none, for people; null if there is one.</param>
public sealed record WitnessReply(PolicyWitness Witness, NoteSignature? Cosignature, string? Reason);
