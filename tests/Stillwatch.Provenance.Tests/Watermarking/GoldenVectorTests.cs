using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Stillwatch.Evidence.Tests;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Tests.Watermarking;

/// <summary>All vectors of shared/data/watermark/golden.json.</summary>
public sealed class GoldenVectorTests
{
    [Fact]
    public void SynthIdText_AllVectors_Agree()
    {
        var block = Read("synthid_text");
        var keys = Longs(block.GetProperty("keys"));
        Assert.Equal(SynthIdTextFunction.PublishedKeys.ToArray(), keys);
        var function = new SynthIdTextFunction(keys, block.GetProperty("ngram_len").GetInt32());
        Assert.Equal(Number(block.GetProperty("iv")), function.InitialHash);
        foreach (var vector in block.GetProperty("accumulate").EnumerateArray())
        {
            Assert.Equal(
                Number(vector.GetProperty("out")),
                SynthIdTextFunction.Accumulate(Number(vector.GetProperty("h")), Ints(vector.GetProperty("data"))));
        }

        foreach (var vector in block.GetProperty("g_values").EnumerateArray())
        {
            var bits = function.GValues(Ints(vector.GetProperty("ngram")));
            Assert.Equal(vector.GetProperty("g").GetString(), GreenIds.Write(bits, function.Depth));
        }
    }

    [Fact]
    public void SynthIdTextTable_AllVectors_Agree()
    {
        var block = Read("synthid_text_table");
        var table = SynthIdTextTable.TableOfCpu(block.GetProperty("sampling_table_seed").GetUInt64());
        Assert.Equal(block.GetProperty("table_sum").GetInt32(), table.Sum(static bit => bit));
        Assert.Equal(block.GetProperty("table_sha256_bytes").GetString(), Convert.ToHexStringLower(SHA256.HashData(table)));
        Assert.Equal(block.GetProperty("table_first_64").GetString(), string.Concat(table.Take(64)));
        var scheme = new SynthIdTextTable(Longs(block.GetProperty("keys")), table);
        foreach (var vector in block.GetProperty("g_values").EnumerateArray())
        {
            var bits = scheme.GValues(Ints(vector.GetProperty("ngram")));
            Assert.Equal(vector.GetProperty("g").GetString(), GreenIds.Write(bits, scheme.Depth));
        }
    }

    [Fact]
    public void KgwSimple_AllVectors_Agree()
    {
        var block = Read("kgw_simple_1");
        var vocabulary = block.GetProperty("vocabulary").GetInt32();
        var list = new KgwGreenList(
            KgwSeeding.Simple, vocabulary, block.GetProperty("gamma").GetDouble(), block.GetProperty("hash_key").GetInt64());
        foreach (var vector in block.GetProperty("vectors").EnumerateArray())
        {
            var previous = vector.GetProperty("prev").GetInt32();
            Assert.Equal((ulong)Number(vector.GetProperty("seed")), list.Seed([previous], 0));
            AssertList(vector, list, [previous], vocabulary);
        }
    }

    [Fact]
    public void RadioactiveHash_AllVectors_Agree()
    {
        var block = Read("radioactive_hash");
        var vocabulary = block.GetProperty("vocabulary").GetInt32();
        var list = new RadioactiveHashGreenList(2, vocabulary, block.GetProperty("gamma").GetDouble());
        foreach (var vector in block.GetProperty("vectors").EnumerateArray())
        {
            var window = Ints(vector.GetProperty("window"));
            Assert.Equal((ulong)Number(vector.GetProperty("seed")), list.Seed(window));
            AssertList(vector, list, window, vocabulary);
        }
    }

    private static void AssertList(JsonElement vector, IGreenList list, int[] context, int vocabulary)
    {
        var green = GreenIds.Of(list, context, vocabulary);
        Assert.All(Ints(vector.GetProperty("first_8")), token => Assert.Contains(token, green));
        Assert.Equal(vector.GetProperty("sha256_sorted_green").GetString(), GreenIds.Digest(green));
    }

    private static JsonElement Read(string block) =>
        JsonDocument.Parse(File.ReadAllText(SharedFolder.Data("watermark/golden.json"))).RootElement.GetProperty(block);

    private static long Number(JsonElement text) => long.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static long[] Longs(JsonElement array) => [.. array.EnumerateArray().Select(static item => item.GetInt64())];

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(static item => item.GetInt32())];
}
