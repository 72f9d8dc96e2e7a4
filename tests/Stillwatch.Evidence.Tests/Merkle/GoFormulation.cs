using System.Numerics;
using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.Tests.Merkle;

/// <summary>
/// The other formulation of the two verifications, by which Go's and npm's verifiers work: the number of inner and border hashes follows
/// from the bits of index and size, and the proof must have exactly so many.
/// </summary>
internal static class GoFormulation
{
    public static bool Inclusion(ulong index, ulong size, MerkleHash leaf, IReadOnlyList<MerkleHash> proof, MerkleHash root)
    {
        if (index >= size)
        {
            return false;
        }

        var (inner, border) = Decompose(index, size);
        return proof.Count == inner + border && Border(Inner(leaf, proof.Take(inner), index), proof.Skip(inner)) == root;
    }

    public static bool Consistency(ulong oldSize, ulong size, MerkleHash oldRoot, MerkleHash root, IReadOnlyList<MerkleHash> proof)
    {
        if (oldSize == 0 || oldSize > size)
        {
            return false;
        }

        if (oldSize == size)
        {
            return proof.Count == 0 && oldRoot == root;
        }

        var (inner, border) = Decompose(oldSize - 1, size);
        var shift = BitOperations.TrailingZeroCount(oldSize);
        inner -= shift;
        var start = BitOperations.IsPow2(oldSize) ? 0 : 1;
        if (proof.Count != start + inner + border || proof.Count == 0)
        {
            return false;
        }

        var seed = start == 0 ? oldRoot : proof[0];
        var rest = proof.Skip(start).ToList();
        var mask = (oldSize - 1) >> shift;
        return Border(InnerRight(seed, rest.Take(inner), mask), rest.Skip(inner)) == oldRoot
            && Border(Inner(seed, rest.Take(inner), mask), rest.Skip(inner)) == root;
    }

    private static (int Inner, int Border) Decompose(ulong index, ulong size)
    {
        var inner = 64 - BitOperations.LeadingZeroCount(index ^ (size - 1));
        return (inner, inner == 64 ? 0 : BitOperations.PopCount(index >> inner));
    }

    private static MerkleHash Inner(MerkleHash seed, IEnumerable<MerkleHash> proof, ulong index) =>
        proof.Select((hash, level) => (hash, level)).Aggregate(seed, (current, step) =>
            ((index >> step.level) & 1) == 0 ? Rfc6962.Node(current, step.hash) : Rfc6962.Node(step.hash, current));

    private static MerkleHash InnerRight(MerkleHash seed, IEnumerable<MerkleHash> proof, ulong index) =>
        proof.Select((hash, level) => (hash, level)).Aggregate(seed, (current, step) =>
            ((index >> step.level) & 1) == 0 ? current : Rfc6962.Node(step.hash, current));

    private static MerkleHash Border(MerkleHash seed, IEnumerable<MerkleHash> proof) =>
        proof.Aggregate(seed, static (current, hash) => Rfc6962.Node(hash, current));
}
