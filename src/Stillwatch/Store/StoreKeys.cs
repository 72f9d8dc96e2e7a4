using System.Runtime.InteropServices;
using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Sketching;

namespace Stillwatch.Store;

/// <summary>The 64-bit names under which the store knows accounts, attribute values and interactions. 0 means "none".</summary>
/// <remarks>
/// Two values of one kind share a name with probability 2^-64: among 300 million values some pair does with probability 0.3 %.
/// </remarks>
public static class StoreKeys
{
    private const int StackBytes = 512;
    private const int AddressBytes = 16;

    /// <summary>The name of an account.</summary>
    public static ulong Account(AccountId account) => Text(LabelKind.Account, account.Value);

    /// <summary>The name of a text; 0 for null and the empty text.</summary>
    public static ulong Text(LabelKind kind, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = longest <= StackBytes ? stackalloc byte[StackBytes] : new byte[longest];
        var written = Encoding.UTF8.GetBytes(text, utf8);
        return Present(XxHash64.Hash(utf8[..written], (ulong)kind));
    }

    /// <summary>The name of an address.</summary>
    public static ulong Address(ClientAddress address) => Bits(LabelKind.Address, address);

    /// <summary>The name of the network an address is in.</summary>
    public static ulong Network(ClientAddress address) => Bits(LabelKind.Network, address.Network);

    /// <summary>Two letters of a country in one number, the first in the upper byte; 0 for anything but two ASCII letters.</summary>
    public static ushort Country(string? code) =>
        code is [var first, var second] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second)
            ? (ushort)((first & ~0x20) << 8 | second & ~0x20)
            : (ushort)0;

    /// <summary>The two letters of a country; null for 0.</summary>
    public static string? CountryCode(ushort country) =>
        country == 0 ? null : new([(char)(country >> 8), (char)(country & 0xff)]);

    /// <summary>The identity of an interaction: all reads of one interaction have the same.</summary>
    /// <param name="id">Its id within the log.</param>
    /// <param name="observedAtMs">When it arrived, in milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="account">The name of its account.</param>
    public static ulong Interaction(string id, long observedAtMs, ulong account)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Identity(XxHash64.Hash(MemoryMarshal.AsBytes(id.AsSpan())), observedAtMs, account);
    }

    /// <summary>
    /// The identity of an interaction. One without an id is told from others of its account and millisecond by its last message
    /// and its figures.
    /// </summary>
    internal static ulong Of(Interaction interaction, ulong account) => interaction.Id is { } id
        ? Interaction(id, interaction.ObservedAtMs, account)
        : Identity(Substitute(interaction), interaction.ObservedAtMs, account);

    private static ulong Substitute(Interaction interaction)
    {
        var messages = interaction.Request.Messages;
        var hash = messages.Count == 0 ? 0 : XxHash64.Hash(messages[^1].Content.Span);
        hash = XxHash64.Combine(hash, Text(LabelKind.Model, interaction.Model));
        hash = XxHash64.Combine(hash, (ulong)(uint)interaction.Usage.Input << 32 | (uint)interaction.Usage.Output);
        return XxHash64.Combine(hash, (ulong)BitConverter.DoubleToInt64Bits(interaction.LatencyMs ?? -1));
    }

    private static ulong Identity(ulong id, long observedAtMs, ulong account) =>
        Present(XxHash64.Combine(XxHash64.Combine(id, (ulong)observedAtMs), account));

    private static ulong Bits(LabelKind kind, ClientAddress address)
    {
        Span<byte> bytes = stackalloc byte[AddressBytes];
        address.Write(bytes);
        return Present(XxHash64.Hash(bytes, (ulong)kind));
    }

    private static ulong Present(ulong hash) => hash == 0 ? 1 : hash;
}
