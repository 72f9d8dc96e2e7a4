using System.Security.Cryptography;
using System.Text.Json;
using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.Tests.Merkle;

/// <summary>The 518 published proofs of transparency-dev/merkle, most of them wrong in one way each.</summary>
public sealed class MerkleVectorTests
{
    [Fact]
    public void Inclusion_PublishedVectors_AreJudgedAsTheySay() => Judge("inclusion", 98, row =>
    {
        if (Leaf(row) is not { } leaf)
        {
            return false;
        }

        var (root, proof) = (Hash(row, "root"), Proof(row));
        var (index, size) = (Number(row, "leafIdx"), Number(row, "treeSize"));
        var verdict = MerkleVerifier.Inclusion(index, size, leaf, proof, root);
        Assert.Equal(GoFormulation.Inclusion(index, size, leaf, proof, root), verdict);
        return verdict;
    });

    [Fact]
    public void Consistency_PublishedVectors_AreJudgedAsTheySay() => Judge("consistency", 98, row =>
    {
        var (oldRoot, root, proof) = (Hash(row, "root1"), Hash(row, "root2"), Proof(row));
        var (oldSize, size) = (Number(row, "size1"), Number(row, "size2"));
        var verdict = MerkleVerifier.Consistency(oldSize, size, oldRoot, root, proof);
        Assert.Equal(GoFormulation.Consistency(oldSize, size, oldRoot, root, proof), verdict);
        return verdict;
    });

    [Fact]
    public void SubtreeInclusion_PublishedVectors_AreJudgedAsTheySay() => Judge("subtree-inclusion", 204, row =>
        Leaf(row) is { } leaf
        && MerkleVerifier.SubtreeInclusion(Number(row, "leafIdx"), Range(row), leaf, Proof(row), Hash(row, "root")));

    [Fact]
    public void SubtreeConsistency_PublishedVectors_AreJudgedAsTheySay() => Judge("subtree-consistency", 118, row =>
        MerkleVerifier.SubtreeConsistency(Range(row), Number(row, "size"), Hash(row, "root1"), Hash(row, "root2"), Proof(row)));

    private static void Judge(string name, int count, Func<JsonElement, bool> verify)
    {
        var rows = JsonLines.Read(SharedFolder.Data($"merkle/{name}.jsonl.gz"));
        Assert.Equal(count, rows.Count);
        Assert.Empty(rows
            .Where(row => verify(row) == row.GetProperty("wantErr").GetBoolean())
            .Select(row => $"{row.GetProperty("file")}: {row.GetProperty("desc")}"));
    }

    private static Subtree Range(JsonElement row) => new(Number(row, "start"), Number(row, "end"));

    private static ulong Number(JsonElement row, string member) => row.GetProperty(member).GetUInt64();

    private static MerkleHash Hash(JsonElement row, string member) => Hash(row.GetProperty(member));

    /// <summary>
    /// The leaf's hash; null where the vector has something of another length, which nobody can pass to a verifier of ours.
    /// </summary>
    private static MerkleHash? Leaf(JsonElement row) =>
        row.GetProperty("leafHash") is { ValueKind: JsonValueKind.String } text
        && text.GetBytesFromBase64() is { Length: MerkleHash.Length } bytes
            ? new MerkleHash(bytes)
            : null;

    /// <summary>Some vectors have short texts for roots that are only compared: each becomes a hash of its own.</summary>
    private static MerkleHash Hash(JsonElement value)
    {
        var bytes = value.ValueKind == JsonValueKind.Null ? [] : value.GetBytesFromBase64();
        return new(bytes.Length == MerkleHash.Length ? bytes : SHA256.HashData(bytes));
    }

    private static List<MerkleHash> Proof(JsonElement row)
    {
        var proof = row.GetProperty("proof");
        return proof.ValueKind == JsonValueKind.Null ? [] : [.. proof.EnumerateArray().Select(Hash)];
    }
}
