using System.Text;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class GzipInputTests
{
    private static readonly byte[] Plain =
        Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 3000).Select(static i => $"line {i * 7919 % 3001}")));

    [Fact]
    public void Read_OneMember_IsWhole() => AssertWhole(ReadLog.Gzip(Plain), Plain);

    [Fact]
    public void Read_SeveralMembersAndAnEmptyOne_AreWhole()
    {
        byte[] stored = [.. ReadLog.Gzip(Plain), .. ReadLog.Gzip([]), .. ReadLog.Gzip(Plain)];
        AssertWhole(stored, [.. Plain, .. Plain]);
    }

    [Fact]
    public void Read_CutAnywhere_GivesAPrefixAndSaysTruncated()
    {
        byte[] stored = [.. ReadLog.Gzip(Plain), .. ReadLog.Gzip(Plain)];
        var whole = ReadLog.Gzip(Plain).Length;
        byte[] plain = [.. Plain, .. Plain];
        for (var cut = 2; cut < stored.Length; cut += cut < 64 || Math.Abs(cut - whole) < 64 || cut > stored.Length - 64 ? 1 : 37)
        {
            var (read, fault) = Read(stored[..cut]);
            Assert.Equal(cut == whole ? null : InputFaultReason.Truncated, fault);
            Assert.True(plain.AsSpan().StartsWith(read), $"Cut at {cut}: what was read is no prefix.");
            Assert.True(cut < whole || read.Length >= Plain.Length, $"Cut at {cut}: the first member is lost.");
        }
    }

    [Fact]
    public void Read_FlippedChecksum_IsCorrupt()
    {
        var stored = ReadLog.Gzip(Plain);
        stored[^6] ^= 1;
        Assert.Equal(InputFaultReason.Corrupt, Read(stored).Fault);
    }

    [Fact]
    public void Read_BytesAfterTheLastMember_AreAFaultAndLoseNothing()
    {
        var (read, fault) = Read([.. ReadLog.Gzip(Plain), .. "garbage"u8]);
        Assert.Equal(Plain, read);
        Assert.NotNull(fault);
    }

    private static void AssertWhole(byte[] stored, byte[] plain)
    {
        var (read, fault) = Read(stored);
        Assert.Null(fault);
        Assert.Equal(plain, read);
    }

    private static (byte[] Plain, InputFaultReason? Fault) Read(byte[] stored)
    {
        using var input = new GzipInput(new MemoryStream(stored));
        using var plain = new MemoryStream();
        input.CopyTo(plain, 999);
        return (plain.ToArray(), input.Fault);
    }
}
