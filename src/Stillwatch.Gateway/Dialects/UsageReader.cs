using System.Text.Json;

namespace Stillwatch.Gateway.Dialects;

/// <summary>
/// Reads the token counts of a reply. Counts that do not appear stay as they were, since streams give them piece by piece.
/// </summary>
internal struct UsageReader
{
    private int? _input;
    private int? _cacheCreation;
    private int? _cacheRead;

    /// <summary>Tokens of the request, cached ones included; null while none was given.</summary>
    public readonly int? Input => _input is null && _cacheCreation is null && _cacheRead is null
        ? null
        : (int)Math.Min(int.MaxValue, (long)(_input ?? 0) + (_cacheCreation ?? 0) + (_cacheRead ?? 0));

    /// <summary>Tokens of the reply; null while none was given.</summary>
    public int? Output { get; private set; }

    /// <summary>Tokens of hidden reasoning among them; null while none was given.</summary>
    public int? Reasoning { get; private set; }

    /// <summary>Reads the value as an object of counts.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            ReadMember(ref json);
        }
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        var name = json.ValueSpan;
        json.Read();
        if (json.TokenType is JsonTokenType.StartObject
            && (name.SequenceEqual("completion_tokens_details"u8) || name.SequenceEqual("output_tokens_details"u8)))
        {
            Read(ref json);
        }
        else if (json.TokenType is JsonTokenType.Number && json.TryGetInt32(out var count) && count >= 0)
        {
            Set(name, count);
        }
        else
        {
            json.Skip();
        }
    }

    private void Set(ReadOnlySpan<byte> name, int count)
    {
        if (name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8))
        {
            _input = count;
        }
        else if (name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8))
        {
            Output = count;
        }
        else if (name.SequenceEqual("reasoning_tokens"u8) || name.SequenceEqual("thinking_tokens"u8))
        {
            Reasoning = count;
        }
        else if (name.SequenceEqual("cache_creation_input_tokens"u8))
        {
            _cacheCreation = count;
        }
        else if (name.SequenceEqual("cache_read_input_tokens"u8))
        {
            _cacheRead = count;
        }
    }
}
