using System.Text.Json;
using System.Text.Unicode;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Reads the facts out of the body of a request in one pass.</summary>
/// <remarks>
/// Strict where leniency would let a client say one thing to the gateway and another to the upstream: a member that is given twice,
/// text after the object, and bytes that are no UTF-8 are refused. Members it does not know are passed over.
/// </remarks>
internal ref struct RequestReader
{
    /// <summary>Schemas of tools nest deeper than conversations do.</summary>
    private const int MaxDepth = 256;

    private const int MaxModelLength = 256;

    private readonly ReadOnlySpan<byte> _body;
    private readonly RequestMember _conversation;
    private readonly RequestMember _instruction;
    private Utf8JsonReader _json;
    private ulong _seen;
    private string? _model;
    private bool _stream;
    private bool _includesUsage;
    private int? _maxTokens;
    private int? _choices;
    private bool? _logprobs;
    private int? _topLogprobs;
    private int? _logitBias;
    private double? _temperature;
    private double? _topP;
    private bool _reasoning;
    private bool _includesLogprobs;
    private Range _system;
    private Range _messages;
    private Range _tools;
    private string? _fault;
    private string? _parameter;

    private RequestReader(ReadOnlySpan<byte> body, ApiEndpoint endpoint)
    {
        _body = body;
        _conversation = endpoint switch
        {
            ApiEndpoint.Completions => RequestMember.Prompt,
            ApiEndpoint.Responses or ApiEndpoint.Embeddings => RequestMember.Input,
            _ => RequestMember.Messages,
        };
        _instruction = endpoint is ApiEndpoint.Responses ? RequestMember.Instructions : RequestMember.System;
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Reads a body; the refusal says what is wrong with it.</summary>
    /// <param name="body">All of it.</param>
    /// <param name="endpoint">Says in which member the conversation is; others of that kind are no content.</param>
    /// <param name="facts">What it says; null if it is refused.</param>
    /// <param name="refusal">What is wrong; null if nothing.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, ApiEndpoint endpoint, out RequestFacts? facts, out Refusal? refusal)
    {
        facts = null;
        refusal = null;
        if (!Utf8.IsValid(body))
        {
            refusal = new(RefusalReason.MalformedRequest, "The body is not valid UTF-8.");
            return false;
        }

        var reader = new RequestReader(body, endpoint);
        try
        {
            reader.ReadObject();
        }
        catch (JsonException broken)
        {
            reader._fault = $"The body is no JSON object: {broken.Message}";
        }

        if (reader._fault is { } fault)
        {
            refusal = new(RefusalReason.MalformedRequest, fault) { Parameter = reader._parameter };
            return false;
        }

        facts = reader.Facts();
        return true;
    }

    private readonly RequestFacts Facts() => new()
    {
        Model = _model!,
        Stream = _stream,
        IncludesUsage = _includesUsage,
        MaxTokens = _maxTokens,
        Choices = _choices,
        Logprobs = _logprobs,
        TopLogprobs = _topLogprobs,
        LogitBias = _logitBias,
        Temperature = _temperature,
        TopP = _topP,
        Reasoning = _reasoning,
        IncludesLogprobs = _includesLogprobs,
        BodyBytes = _body.Length,
        Content = new(_system, _messages, _tools),
    };

    private void ReadObject()
    {
        if (!_json.Read() || _json.TokenType is not JsonTokenType.StartObject)
        {
            _fault = "The body must be a JSON object.";
            return;
        }

        while (_json.Read() && _json.TokenType is JsonTokenType.PropertyName)
        {
            var member = RequestMembers.Find(ref _json);
            _json.Read();
            if (member is not RequestMember.Other)
            {
                ReadMember(member);
            }

            _json.Skip();
        }

        // Reads past the end of the object: anything there makes the reader throw.
        _json.Read();
        if (_model is null)
        {
            Fault("A model is needed: you must provide a model parameter.", "model");
        }
    }

    private void ReadMember(RequestMember member)
    {
        if ((_seen >> (int)member & 1) != 0)
        {
            Fault("A member is given twice.", RequestMembers.NameOf(member));
        }

        _seen |= 1UL << (int)member;
        if (_json.TokenType is JsonTokenType.Null)
        {
            return;
        }

        switch (member)
        {
            case RequestMember.Model:
                ReadModel();
                break;
            case RequestMember.System or RequestMember.Instructions:
                _system = member == _instruction ? ValueRange() : _system;
                break;
            case RequestMember.Messages or RequestMember.Input or RequestMember.Prompt:
                _messages = member == _conversation ? ValueRange() : _messages;
                break;
            case RequestMember.Tools:
                _tools = ValueRange();
                break;
            case RequestMember.StreamOptions:
                ReadStreamOptions();
                break;
            case RequestMember.LogitBias:
                _logitBias = _json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? CountItems() : null;
                break;
            case RequestMember.Reasoning or RequestMember.ReasoningEffort:
                _reasoning = true;
                break;
            case RequestMember.Include:
                if (_json.TokenType is JsonTokenType.StartArray)
                {
                    ReadInclude();
                }

                break;
            case RequestMember.PromptLogprobs or RequestMember.NProbs:
                _includesLogprobs = true;
                break;
            case RequestMember.Thinking:
                _reasoning |= IsEnabled();
                break;
            case RequestMember.Stream or RequestMember.Logprobs:
                ReadFlag(member);
                break;
            default:
                ReadNumber(member);
                break;
        }
    }

    private void ReadModel()
    {
        if (_json.TokenType is not JsonTokenType.String || _json.ValueSpan.Length is 0 or > MaxModelLength)
        {
            Fault($"The model must be a text of 1 to {MaxModelLength} characters.", "model");
            _model = string.Empty;
            return;
        }

        try
        {
            _model = _json.GetString();
        }
        catch (InvalidOperationException)
        {
            Fault("The model holds half of a surrogate pair.", "model");
            _model = string.Empty;
        }
    }

    /// <summary>The bytes of the value that the reader stands on; the reader is then at its end.</summary>
    private Range ValueRange()
    {
        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        return start..(int)_json.BytesConsumed;
    }

    private void ReadStreamOptions()
    {
        if (_json.TokenType is not JsonTokenType.StartObject)
        {
            return;
        }

        while (_json.Read() && _json.TokenType is JsonTokenType.PropertyName)
        {
            var isUsage = _json.IsNamed("include_usage"u8);
            _json.Read();
            _includesUsage = isUsage ? _json.TokenType is JsonTokenType.True : _includesUsage;
            _json.Skip();
        }
    }

    private void ReadInclude()
    {
        while (_json.TokenType is not JsonTokenType.EndArray && _json.Read() && _json.TokenType is not JsonTokenType.EndArray)
        {
            _includesLogprobs |= _json.IsText("message.output_text.logprobs"u8);
            _json.Skip();
        }
    }

    /// <summary>Whether an object has a type other than <c>disabled</c>; the reader is then at its end.</summary>
    private bool IsEnabled()
    {
        if (_json.TokenType is not JsonTokenType.StartObject)
        {
            return false;
        }

        var isEnabled = true;
        while (_json.Read() && _json.TokenType is JsonTokenType.PropertyName)
        {
            var isType = _json.IsNamed("type"u8);
            _json.Read();
            isEnabled &= !(isType && _json.TokenType is JsonTokenType.String && _json.IsNamed("disabled"u8));
            _json.Skip();
        }

        return isEnabled;
    }

    private int CountItems()
    {
        var count = 0;
        while (_json.Read() && _json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            count++;
            if (_json.TokenType is JsonTokenType.PropertyName)
            {
                _json.Read();
            }

            _json.Skip();
        }

        return count;
    }

    private void ReadFlag(RequestMember member)
    {
        if (_json.TokenType is JsonTokenType.True or JsonTokenType.False)
        {
            var value = _json.TokenType is JsonTokenType.True;
            if (member is RequestMember.Stream)
            {
                _stream = value;
            }
            else
            {
                _logprobs = value;
            }
        }
        else if (member is RequestMember.Logprobs && _json.TokenType is JsonTokenType.Number)
        {
            // Completions ask for a number of alternatives where chat completions ask for yes or no.
            _logprobs = true;
            _topLogprobs = Integer();
        }
        else
        {
            Fault("It must be true or false.", RequestMembers.NameOf(member));
        }
    }

    private void ReadNumber(RequestMember member)
    {
        if (_json.TokenType is not JsonTokenType.Number)
        {
            Fault("It must be a number.", RequestMembers.NameOf(member));
            return;
        }

        switch (member)
        {
            case RequestMember.Temperature:
                _temperature = _json.TryGetDouble(out var temperature) ? temperature : null;
                break;
            case RequestMember.TopP:
                _topP = _json.TryGetDouble(out var topP) ? topP : null;
                break;
            case RequestMember.Choices:
                _choices = Integer();
                break;
            case RequestMember.TopLogprobs:
                _topLogprobs = Integer();
                break;
            default:
                // The newer name comes with the older one only by mistake; the upstream obeys at most the larger.
                _maxTokens = Math.Max(_maxTokens ?? 0, Integer() ?? 0);
                break;
        }
    }

    private readonly int? Integer() =>
        _json.TryGetInt32(out var integer) ? integer : _json.TryGetDouble(out var number) ? (int)Math.Clamp(number, 0, int.MaxValue) : null;

    /// <summary>The first fault is the one that is told.</summary>
    private void Fault(string message, string? parameter) =>
        (_fault, _parameter) = _fault is null ? (message, parameter) : (_fault, _parameter);
}
