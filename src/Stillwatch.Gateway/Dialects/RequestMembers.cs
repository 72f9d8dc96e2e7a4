using System.Text;
using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Names of the members of requests.</summary>
internal static class RequestMembers
{
    /// <summary>The longest of the names, twelve bytes for each escaped character.</summary>
    private const int MaxEscapedBytes = 256;

    private static readonly byte[][] Names =
    [
        .. new[]
        {
            "", "model", "stream", "stream_options", "messages", "input", "prompt", "system", "instructions", "tools", "max_tokens",
            "max_completion_tokens", "max_output_tokens", "n", "logprobs", "top_logprobs", "logit_bias", "temperature", "top_p",
            "reasoning", "reasoning_effort", "thinking", "include", "prompt_logprobs", "n_probs",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Members by length and first byte, so that most names cost one comparison.</summary>
    private static readonly RequestMember[][] ByLength = Enumerable.Range(0, Names.Max(static name => name.Length) + 1)
        .Select(static length => Names.Select(static (name, i) => (name, Member: (RequestMember)i))
            .Where(pair => pair.name.Length == length && length > 0).Select(static pair => pair.Member).ToArray())
        .ToArray();

    /// <summary>The member whose name the reader stands on. Escapes in it count as what they stand for.</summary>
    public static RequestMember Find(ref Utf8JsonReader json)
    {
        if (!json.ValueIsEscaped)
        {
            return Find(json.ValueSpan);
        }

        if (json.ValueSpan.Length > MaxEscapedBytes)
        {
            return RequestMember.Other;
        }

        Span<byte> plain = stackalloc byte[MaxEscapedBytes];
        try
        {
            return Find(plain[..json.CopyString(plain)]);
        }
        catch (InvalidOperationException)
        {
            return RequestMember.Other;
        }
    }

    /// <summary>The name of a member.</summary>
    public static string NameOf(RequestMember member) => Encoding.ASCII.GetString(Names[(int)member]);

    private static RequestMember Find(ReadOnlySpan<byte> name)
    {
        if (name.Length >= ByLength.Length)
        {
            return RequestMember.Other;
        }

        foreach (var member in ByLength[name.Length])
        {
            if (name.SequenceEqual(Names[(int)member]))
            {
                return member;
            }
        }

        return RequestMember.Other;
    }
}
