using System.Globalization;
using System.Text;
using System.Text.Json;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Gateway.Marking;

/// <summary>Chooses one of the drafts that a reply holds and makes it a reply of one; every other byte stays as it is.</summary>
/// <remarks>
/// The upstream counts the tokens of all drafts. Of them the client's usage gets the share of the chosen draft's bytes, because a reply
/// does not say how many tokens each had.
/// </remarks>
/// <param name="bits">The key's colours.</param>
/// <param name="seed">Random bits that do not depend on the key.</param>
internal sealed class DraftReply(KeyedGreenBits bits, ulong seed)
{
    private const int MaxDepth = 256;

    /// <summary>The reply of the draft that is chosen.</summary>
    /// <param name="reply">The whole reply.</param>
    /// <param name="chosen">As it is sent on, where it changes: null where it holds one draft, or none.</param>
    /// <returns>False where it cannot be read, so that there may be several drafts in it.</returns>
    public bool TryChoose(ReadOnlySpan<byte> reply, out byte[]? chosen)
    {
        chosen = null;
        try
        {
            var json = new Utf8JsonReader(reply, new JsonReaderOptions { MaxDepth = MaxDepth });
            using var document = JsonDocument.ParseValue(ref json);
            if (document.RootElement.ValueKind is not JsonValueKind.Object
                || !document.RootElement.TryGetProperty("choices", out var choices) || choices.ValueKind is not JsonValueKind.Array)
            {
                return false;
            }

            var drafts = choices.EnumerateArray().Select(TextOf).ToList();
            if (drafts.Count > 1)
            {
                var uniform = new SeededGenerator(seed);
                var place = DraftMark.Choose(bits, drafts, ref uniform);
                chosen = Keep(reply, place, Counted.Of(document.RootElement, drafts, place));
            }

            return true;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string TextOf(JsonElement choice)
    {
        var holder = choice.TryGetProperty("message", out var message) ? message : choice;
        return holder.TryGetProperty(choice.TryGetProperty("message", out _) ? "content" : "text", out var text)
            && text.ValueKind is JsonValueKind.String ? text.GetString()! : string.Empty;
    }

    private static byte[] Keep(ReadOnlySpan<byte> reply, int place, Counted counted)
    {
        var json = new Utf8JsonReader(reply, new JsonReaderOptions { MaxDepth = MaxDepth });
        var edits = new JsonEdits();
        json.Read();
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var (isChoices, isUsage) = (json.IsNamed("choices"u8), json.IsNamed("usage"u8));
            json.Read();
            if (isChoices)
            {
                KeepChoice(reply, ref json, edits, place);
            }
            else if (isUsage && json.TokenType is JsonTokenType.StartObject)
            {
                Count(ref json, edits, counted);
            }
            else
            {
                json.Skip();
            }
        }

        return edits.Apply(reply);
    }

    private static void KeepChoice(ReadOnlySpan<byte> reply, ref Utf8JsonReader json, JsonEdits edits, int place)
    {
        var choices = new JsonItems(reply, edits);
        for (var i = 0; choices.Next(ref json); i++)
        {
            if (i != place)
            {
                choices.Remove(ref json);
                continue;
            }

            choices.Keep(ref json);
            while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
            {
                var isIndex = json.IsNamed("index"u8);
                json.Read();
                if (isIndex)
                {
                    edits.Replace((int)json.TokenStartIndex, (int)json.BytesConsumed, "0"u8);
                }

                json.Skip();
            }
        }
    }

    private static void Count(ref Utf8JsonReader json, JsonEdits edits, Counted counted)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var (isOutput, isTotal) = (json.IsNamed("completion_tokens"u8), json.IsNamed("total_tokens"u8));
            var isDetails = json.IsNamed("completion_tokens_details"u8);
            json.Read();
            if (isDetails && json.TokenType is JsonTokenType.StartObject)
            {
                while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
                {
                    json.Read();
                    Replace(ref json, edits, counted.Scaled);
                }
            }
            else if (isOutput || isTotal)
            {
                Replace(ref json, edits, isOutput ? _ => counted.Output : all => all - counted.All + counted.Output);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static void Replace(ref Utf8JsonReader json, JsonEdits edits, Func<long, long> count)
    {
        if (json.TokenType is JsonTokenType.Number && json.TryGetInt64(out var number))
        {
            var text = Encoding.ASCII.GetBytes(count(number).ToString(CultureInfo.InvariantCulture));
            edits.Replace((int)json.TokenStartIndex, (int)json.BytesConsumed, text);
        }

        json.Skip();
    }

    /// <summary>What the upstream counted for all drafts, and what of it is the chosen one's.</summary>
    private readonly record struct Counted(long All, long Output, double Share)
    {
        public static Counted Of(JsonElement reply, List<string> drafts, int place)
        {
            var bytes = drafts.Sum(static draft => (double)Encoding.UTF8.GetByteCount(draft));
            var share = bytes > 0 ? Encoding.UTF8.GetByteCount(drafts[place]) / bytes : 1.0 / drafts.Count;
            var all = reply.TryGetProperty("usage", out var usage) && usage.ValueKind is JsonValueKind.Object
                && usage.TryGetProperty("completion_tokens", out var tokens) && tokens.TryGetInt64(out var number) ? number : 0;
            return new(all, (long)Math.Ceiling(all * share), share);
        }

        public long Scaled(long all) => (long)Math.Ceiling(all * Share);
    }
}
