using System.Text;
using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.Tests.Merkle;

public sealed class Rfc6962Tests
{
    /// <summary>transparency-dev/merkle, testonly/constants.go: the leaves and the roots of the first one to eight of them.</summary>
    private static readonly string[] Leaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Empty_Tree_IsTheHashOfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(Rfc6962.Empty));

    [Theory]
    [InlineData("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData("L123456", "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")]
    public void Leaf_PublishedVector_GivesItsHash(string entry, string hash) =>
        Assert.Equal(hash, Hex(Rfc6962.Leaf(Encoding.ASCII.GetBytes(entry))));

    [Theory]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(65_535)]
    public void Leaf_OfAnyLength_IsTheHashWithItsPrefix(int length)
    {
        var entry = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        Assert.Equal(System.Security.Cryptography.SHA256.HashData([0, .. entry]), Rfc6962.Leaf(entry).ToArray());
    }

    [Fact]
    public void Roots_OfPublishedTrees_AreFoundEveryWay()
    {
        var range = new CompactRange();
        var tree = new MerkleTree();
        for (var i = 0; i < Leaves.Length; i++)
        {
            var leaf = Rfc6962.Leaf(Convert.FromHexString(Leaves[i]));
            range.Append(leaf);
            tree.Append(leaf);
            Assert.Equal(Roots[i], Hex(range.Root));
            Assert.Equal(Roots[i], Hex(MerkleProofs.Root(tree, tree.Size)));
            Assert.Equal(Roots[i], Hex(CompactRange.Of(tree.Size, tree).Root));
        }
    }

    [Fact]
    public void Roots_OfEverySizeTo300_AreThoseOfTheDefinition()
    {
        var (tree, leaves) = ReferenceTree.Build(300);
        var range = new CompactRange();
        for (var size = 0; size <= leaves.Count; size++)
        {
            var expected = ReferenceTree.Root([.. leaves.Take(size)]);
            Assert.Equal(expected, range.Root);
            Assert.Equal(expected, MerkleProofs.Root(tree, (ulong)size));
            Assert.Equal(expected, CompactRange.Of((ulong)size, tree).Root);
            if (size < leaves.Count)
            {
                range.Append(leaves[size]);
            }
        }
    }

    private static string Hex(MerkleHash hash) => Convert.ToHexStringLower(hash.ToArray());
}
