using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Reads bodies of requests and replies as providers' APIs define them: chat completions, completions, responses, messages, embeddings.
/// </summary>
internal sealed class ProviderBodyReader(RecordContext context)
{
    private enum Part
    {
        None,
        Input,
        Choices,
        Message,
        Text,
        FinishReason,
        Usage,
        Details,
        Reasoning,
        InputTokens,
        OutputTokens,
    }

    private static readonly MemberTable<LogField> RequestFields = new(
        ("messages", LogField.Messages), ("system", LogField.System), ("instructions", LogField.System), ("prompt", LogField.Prompt),
        ("tools", LogField.Tools), ("temperature", LogField.Temperature), ("top_p", LogField.TopP), ("max_tokens", LogField.MaxTokens),
        ("max_completion_tokens", LogField.MaxTokens), ("max_output_tokens", LogField.MaxTokens), ("n", LogField.Choices),
        ("logprobs", LogField.Logprobs), ("top_logprobs", LogField.TopLogprobs), ("logit_bias", LogField.LogitBias),
        ("stream", LogField.Stream));

    private static readonly MemberTable<Part> InputMembers = new(("input", Part.Input));

    private static readonly MemberTable<Part> ReplyMembers = new(
        ("choices", Part.Choices), ("content", Part.Text), ("output", Part.Text), ("stop_reason", Part.FinishReason),
        ("usage", Part.Usage));

    private static readonly MemberTable<Part> ChoiceMembers = new(
        ("message", Part.Message), ("text", Part.Text), ("content", Part.Text), ("finish_reason", Part.FinishReason));

    private static readonly MemberTable<Part> UsageMembers = new(
        ("prompt_tokens", Part.InputTokens), ("input_tokens", Part.InputTokens), ("completion_tokens", Part.OutputTokens),
        ("output_tokens", Part.OutputTokens), ("completion_tokens_details", Part.Details), ("output_tokens_details", Part.Details),
        ("reasoning_tokens", Part.Reasoning));

    private readonly JsonFieldReader _fields = new(context, lenient: true);
    private readonly JsonContentReader _contents = new(context);

    /// <summary>Reads the value as the body of a request; anything but an object holds none.</summary>
    public void ReadRequest(ref Utf8JsonReader reader)
    {
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var name = context.MemberName(ref reader);
            var field = RequestFields.Find(name);
            var isInput = InputMembers.Find(name) is Part.Input;
            reader.Read();
            if (isInput)
            {
                ReadInput(ref reader);
            }
            else if (reader.TokenType is not JsonTokenType.Null)
            {
                _fields.Read(ref reader, field);
            }
        }
    }

    /// <summary>Reads the value as the body of a reply; anything but an object holds none.</summary>
    public void ReadReply(ref Utf8JsonReader reader)
    {
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var part = ReplyMembers.Find(context.MemberName(ref reader));
            reader.Read();
            switch (part)
            {
                case Part.Choices:
                    ReadChoices(ref reader);
                    break;
                case Part.Usage:
                    ReadUsage(ref reader);
                    break;
                default:
                    ReadPart(ref reader, part);
                    break;
            }
        }
    }

    /// <summary>Reads the value as an object of token counts.</summary>
    public void ReadUsage(ref Utf8JsonReader reader)
    {
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var part = UsageMembers.Find(context.MemberName(ref reader));
            reader.Read();
            switch (part)
            {
                case Part.Details:
                    ReadUsage(ref reader);
                    break;
                case Part.None:
                    reader.Skip();
                    break;
                default:
                    ReadCount(ref reader, part);
                    break;
            }
        }
    }

    /// <summary>The input of the responses API and of embeddings: a text, texts, or messages.</summary>
    private void ReadInput(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        var isMessages = reader.TokenType is JsonTokenType.StartArray && ahead.Read() && ahead.TokenType is JsonTokenType.StartObject;
        _fields.Read(ref reader, isMessages ? LogField.Messages : LogField.Prompt);
    }

    /// <summary>Of several replies the first counts.</summary>
    private void ReadChoices(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        for (var first = true; JsonValue.ReadElement(ref reader); first = false)
        {
            if (first)
            {
                ReadChoice(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>A choice has its text itself, or in its message.</summary>
    private void ReadChoice(ref Utf8JsonReader reader)
    {
        for (var inside = JsonValue.TryEnterObject(ref reader); inside && JsonValue.ReadName(ref reader);)
        {
            var part = ChoiceMembers.Find(context.MemberName(ref reader));
            reader.Read();
            if (part is Part.Message)
            {
                ReadChoice(ref reader);
            }
            else
            {
                ReadPart(ref reader, part);
            }
        }
    }

    private void ReadPart(ref Utf8JsonReader reader, Part part)
    {
        if (part is Part.Text && reader.TokenType is JsonTokenType.String or JsonTokenType.StartArray)
        {
            context.Draft.SetText(LogField.ResponseText, _contents.ReadContent(ref reader));
        }
        else if (part is Part.FinishReason && reader.TokenType is JsonTokenType.String)
        {
            _fields.Read(ref reader, LogField.FinishReason);
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>The log's own counts come before the reply's.</summary>
    private void ReadCount(ref Utf8JsonReader reader, Part part)
    {
        var field = part switch
        {
            Part.InputTokens => LogField.InputTokens,
            Part.OutputTokens => LogField.OutputTokens,
            _ => LogField.ReasoningTokens,
        };
        if (context.Draft.Number(field) is null && reader.TokenType is JsonTokenType.Number)
        {
            _fields.Read(ref reader, field);
        }
        else
        {
            reader.Skip();
        }
    }
}
