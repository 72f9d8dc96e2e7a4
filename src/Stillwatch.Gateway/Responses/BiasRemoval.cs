using System.Text.Json;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>Takes <c>logit_bias</c> out of a request; every other byte stays as it is.</summary>
internal static class BiasRemoval
{
    private const int MaxDepth = 256;

    /// <summary>The body without it. The body was read strictly before, so that the member is there once at most.</summary>
    public static ReadOnlyMemory<byte> Apply(ReadOnlyMemory<byte> body)
    {
        var json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        var isFirst = true;
        for (var before = (int)json.BytesConsumed; json.Read() && json.TokenType is JsonTokenType.PropertyName; isFirst = false)
        {
            var isBias = json.IsNamed("logit_bias"u8);
            json.Read();
            json.Skip();
            var end = (int)json.BytesConsumed;
            if (isBias)
            {
                // The first member takes the comma after it along, any other the one before it.
                var after = isFirst && json.Read() && json.TokenType is JsonTokenType.PropertyName
                    ? end + body.Span[end..].IndexOf((byte)',') + 1
                    : end;
                return (byte[])[.. body.Span[..before], .. body.Span[after..]];
            }

            before = end;
        }

        return body;
    }
}
