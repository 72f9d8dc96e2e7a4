using System.Globalization;
using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.Tests.Merkle;

public sealed class MerkleProofsTests
{
    private const int Seed = 6962;

    [Fact]
    public void Inclusion_EveryLeafOfEverySizeTo70_Verifies()
    {
        var (tree, leaves) = ReferenceTree.Build(70);
        for (ulong size = 1; size <= tree.Size; size++)
        {
            var root = MerkleProofs.Root(tree, size);
            for (ulong index = 0; index < size; index++)
            {
                var proof = MerkleProofs.Inclusion(tree, index, size);
                Assert.True(MerkleVerifier.Inclusion(index, size, leaves[(int)index], proof, root));
                Assert.False(MerkleVerifier.Inclusion((index + 1) % (size + 1), size, leaves[(int)index], proof, root));
            }
        }
    }

    [Fact]
    public void Consistency_EveryPairOfSizesTo70_Verifies()
    {
        var (tree, _) = ReferenceTree.Build(70);
        for (ulong size = 1; size <= tree.Size; size++)
        {
            var root = MerkleProofs.Root(tree, size);
            for (ulong old = 1; old <= size; old++)
            {
                var proof = MerkleProofs.Consistency(tree, old, size);
                Assert.True(MerkleVerifier.Consistency(old, size, MerkleProofs.Root(tree, old), root, proof));
            }

            Assert.Empty(MerkleProofs.Consistency(tree, 0, size));
            Assert.False(MerkleVerifier.Consistency(0, size, Rfc6962.Empty, root, []));
        }
    }

    [Fact]
    public void SubtreeConsistency_EverySubtreeOfEverySizeTo40_Verifies()
    {
        var (tree, leaves) = ReferenceTree.Build(40);
        for (ulong size = 1; size <= tree.Size; size++)
        {
            var root = MerkleProofs.Root(tree, size);
            foreach (var subtree in Subtrees(size))
            {
                var hash = MerkleProofs.SubtreeHash(tree, subtree);
                Assert.Equal(ReferenceTree.Root([.. leaves.Skip((int)subtree.Start).Take((int)subtree.Size)]), hash);
                var proof = MerkleProofs.SubtreeConsistency(tree, subtree, size);
                Assert.True(MerkleVerifier.SubtreeConsistency(subtree, size, hash, root, proof), $"{subtree} of {size}");
                Assert.False(MerkleVerifier.SubtreeConsistency(subtree, size, Rfc6962.Empty, root, proof));
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(5, 4)]
    [InlineData(0, 9)]
    public void SubtreeConsistency_OfWhatIsNoSubtree_IsABrokenPromise(ulong start, ulong end)
    {
        var (tree, _) = ReferenceTree.Build(8);
        Assert.Throws<ArgumentException>(() => MerkleProofs.SubtreeConsistency(tree, new(start, end), 8));
    }

    /// <summary>
    /// Both formulations on proofs that are right, changed, cut, prolonged or for other numbers: always the same verdict.
    /// </summary>
    [Fact]
    public void Verifiers_OnRightAndWrongProofs_AgreeWithTheOtherFormulation()
    {
        var random = new Random(Seed);
        var (tree, leaves) = ReferenceTree.Build(600);
        var accepted = 0;
        const int Rounds = 20_000;
        for (var round = 0; round < Rounds; round++)
        {
            var size = (ulong)random.Next(1, leaves.Count + 1);
            var old = (ulong)random.Next(1, (int)size + 1);
            var isInclusion = random.Next(2) == 0;
            List<MerkleHash> proof =
                [.. isInclusion ? MerkleProofs.Inclusion(tree, old - 1, size) : MerkleProofs.Consistency(tree, old, size)];
            var (claimedOld, claimedSize) = Disturb(proof, old, size, leaves, random);
            var root = MerkleProofs.Root(tree, size);
            var oldRoot = MerkleProofs.Root(tree, old);
            var leaf = leaves[(int)old - 1];
            var (ours, theirs) = isInclusion
                ? (MerkleVerifier.Inclusion(claimedOld - 1, claimedSize, leaf, proof, root),
                    GoFormulation.Inclusion(claimedOld - 1, claimedSize, leaf, proof, root))
                : (MerkleVerifier.Consistency(claimedOld, claimedSize, oldRoot, root, proof),
                    GoFormulation.Consistency(claimedOld, claimedSize, oldRoot, root, proof));
            Assert.True(ours == theirs, string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, round {round}: {ours}, {theirs}"));
            accepted += ours ? 1 : 0;
        }

        Assert.InRange(accepted, Rounds / 10, Rounds - (Rounds / 10));
    }

    /// <summary>Numbers near 2^64 end in a verdict, and a proof far too long costs no more than the way up has levels.</summary>
    [Theory]
    [InlineData(0UL, ulong.MaxValue)]
    [InlineData(ulong.MaxValue - 1, ulong.MaxValue)]
    [InlineData(1UL << 63, ulong.MaxValue)]
    [InlineData((1UL << 63) + 1, (1UL << 63) + 2)]
    public void Verifiers_OnExtremeNumbers_AgreeAndEnd(ulong first, ulong second)
    {
        foreach (var length in (int[])[0, 1, 63, 64, 65, 100_000])
        {
            var proof = Enumerable.Repeat(Rfc6962.Empty, length).ToList();
            Assert.False(MerkleVerifier.Inclusion(first, second, Rfc6962.Empty, proof, Rfc6962.Empty));
            Assert.False(MerkleVerifier.Consistency(first, second, Rfc6962.Empty, Rfc6962.Empty, proof));
            Assert.False(MerkleVerifier.SubtreeConsistency(new(first, second), second, Rfc6962.Empty, Rfc6962.Empty, proof) && length > 0);
        }
    }

    private static (ulong Old, ulong Size) Disturb(
        List<MerkleHash> proof, ulong old, ulong size, List<MerkleHash> leaves, Random random)
    {
        switch (random.Next(6))
        {
            case 0 when proof.Count > 0:
                proof[random.Next(proof.Count)] = leaves[random.Next(leaves.Count)];
                break;
            case 1 when proof.Count > 0:
                proof.RemoveAt(random.Next(proof.Count));
                break;
            case 2:
                proof.Insert(random.Next(proof.Count + 1), leaves[random.Next(leaves.Count)]);
                break;
            case 3:
                return ((ulong)random.Next(1, leaves.Count + 1), size);
            case 4:
                return (old, (ulong)random.Next(1, leaves.Count + 1));
            default:
                break;
        }

        return (old, size);
    }

    private static IEnumerable<Subtree> Subtrees(ulong size)
    {
        for (ulong start = 0; start < size; start++)
        {
            for (var end = start + 1; end <= size; end++)
            {
                if (new Subtree(start, end) is { IsValid: true } subtree)
                {
                    yield return subtree;
                }
            }
        }
    }
}
