using System.Text.Json;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Outsiders;

/// <summary>npm's @sigstore/verify on proofs of ours.</summary>
internal static class SigstoreChecker
{
    /// <summary>For each proof, whether it accepts it for the entry.</summary>
    public static async Task<bool[]> CheckAsync(NoteVerifierKey key, IEnumerable<(byte[] Entry, TlogProof Proof)> proofs) =>
        await CheckAsync(key, proofs.Select(pair =>
            (pair.Entry, pair.Proof.Index, pair.Proof.Hashes.Select(hash => hash.ToArray()).ToArray(), pair.Proof.Checkpoint.ToBytes())));

    /// <summary>The same for parts that may be no proof at all.</summary>
    public static async Task<bool[]> CheckAsync(
        NoteVerifierKey key, IEnumerable<(byte[] Entry, ulong Index, byte[][] Hashes, byte[] Checkpoint)> proofs)
    {
        var input = JsonSerializer.Serialize(proofs.Select(proof => new
        {
            entry = proof.Entry,
            index = proof.Index.ToString(System.Globalization.CultureInfo.InvariantCulture),
            hashes = proof.Hashes,
            checkpoint = proof.Checkpoint,
        }));
        return JsonSerializer.Deserialize<bool[]>(await NodeOracle.RunAsync("verify-inclusion.mjs", input, key.ToString()))!;
    }
}
