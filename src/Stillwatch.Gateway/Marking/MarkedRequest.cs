using System.Globalization;
using System.Text;
using System.Text.Json;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Marking;

/// <summary>Adds to a request what marks its reply; every other byte stays as it is.</summary>
/// <remarks>The body was read strictly before: no member is there twice, no text stands after the object.</remarks>
internal static class MarkedRequest
{
    private const int MaxDepth = 256;

    /// <summary>The body with a bias; null if its own is of a form that is not known.</summary>
    public static byte[]? WithBias(ReadOnlySpan<byte> body, GreenBias bias)
    {
        var json = Open(body);
        var (edits, isThere) = (new JsonEdits(), false);
        var members = new JsonItems(body, edits);
        while (members.Next(ref json))
        {
            var member = RequestMembers.Find(ref json);
            members.Keep(ref json);
            if (member is RequestMember.LogitBias && json.TokenType is not JsonTokenType.Null)
            {
                if (json.TokenType is not JsonTokenType.StartObject || !Merge(body, ref json, edits, bias))
                {
                    return null;
                }

                isThere = true;
            }
            else if (member is RequestMember.LogitBias)
            {
                edits.Replace((int)json.TokenStartIndex, (int)json.BytesConsumed, Object(bias));
                isThere = true;
            }
            else
            {
                json.Skip();
            }
        }

        if (!isThere)
        {
            members.Add(ref json, [.. "\"logit_bias\":"u8, .. Object(bias)]);
        }

        return edits.Any ? edits.Apply(body) : null;
    }

    /// <summary>The body with so many choices; null where its reply would not be of one draft a choice.</summary>
    public static byte[]? WithDrafts(ReadOnlySpan<byte> body, int drafts)
    {
        var json = Open(body);
        var (edits, isThere) = (new JsonEdits(), false);
        var members = new JsonItems(body, edits);
        var number = Encoding.ASCII.GetBytes(drafts.ToString(CultureInfo.InvariantCulture));
        while (members.Next(ref json))
        {
            var member = RequestMembers.Find(ref json);
            var isSearch = json.IsNamed("best_of"u8) || json.IsNamed("use_beam_search"u8);
            members.Keep(ref json);
            if (isSearch || (member is RequestMember.Prompt && json.TokenType is not JsonTokenType.String))
            {
                return null;
            }

            if (member is RequestMember.Choices)
            {
                edits.Replace((int)json.TokenStartIndex, (int)json.BytesConsumed, number);
                isThere = true;
            }

            json.Skip();
        }

        if (!isThere)
        {
            members.Add(ref json, [.. "\"n\":"u8, .. number]);
        }

        return edits.Apply(body);
    }

    private static Utf8JsonReader Open(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        return json;
    }

    private static byte[] Object(GreenBias bias) => [.. "{"u8, .. bias.Entries(new HashSet<int>()), .. "}"u8];

    /// <summary>Adds entries behind the client's; false where these name something else than ids.</summary>
    private static bool Merge(ReadOnlySpan<byte> body, ref Utf8JsonReader json, JsonEdits edits, GreenBias bias)
    {
        var entries = new JsonItems(body, edits);
        var given = new HashSet<int>();
        while (entries.Next(ref json))
        {
            if (!int.TryParse(json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return false;
            }

            given.Add(id);
            entries.Keep(ref json);
            json.Skip();
        }

        if (bias.Entries(given) is { Length: > 0 } added)
        {
            entries.Add(ref json, added);
        }

        return true;
    }
}
