using System.Globalization;
using System.Text;
using System.Text.Json;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>Takes out of a request what <see cref="ReduceOptions"/> says; every other byte stays as it is.</summary>
/// <remarks>
/// Probabilities: the members <c>logprobs</c>, <c>top_logprobs</c> and those by which other servers are asked for them; of
/// <c>include</c> (responses) the entry that asks for them; and <c>logit_bias</c>, because from bias and probabilities logits are
/// rebuilt, and from bias alone by looking for the one at which the reply changes (Carlini et al., 2024).
/// <c>reasoning.encrypted_content</c> stays, which nobody but the provider can read and without which a
/// conversation that the provider does not store cannot go on. Reasoning: <c>reasoning.summary</c> is not asked for; of <c>thinking</c>
/// (messages) only its <c>display</c> is set, so that blocks keep the signatures that later turns need. Caps: numbers above the cap
/// become the cap, an absent one is added; a budget of thinking that does not fit below becomes half of it, and thinking is disabled
/// where even the least budget does not fit. The body was read strictly before: no member is there twice, no text stands after the
/// object.
/// </remarks>
internal ref struct RequestReduction
{
    private const int MaxDepth = 256;

    /// <summary>The least <c>budget_tokens</c> that the messages API accepts.</summary>
    private const int LeastBudget = 1024;

    private readonly ReadOnlySpan<byte> _body;
    private readonly ApiEndpoint _endpoint;
    private readonly RequestFacts _facts;
    private readonly ReduceOptions _options;
    private readonly JsonEdits _edits;
    private readonly bool _removesProbabilities;
    private readonly bool _removesBias;
    private bool _isCapped;

    private RequestReduction(ReadOnlySpan<byte> body, ApiEndpoint endpoint, RequestFacts facts, ReduceOptions options, bool isNoisy)
    {
        _body = body;
        (_endpoint, _facts, _options, _edits) = (endpoint, facts, options, new());
        _removesProbabilities = options.Probabilities && !isNoisy && AsksForProbabilities(facts);
        _removesBias = options.Probabilities && (_removesProbabilities || facts.LogitBias > 0);
    }

    /// <summary>Whether the reply would have probabilities in it.</summary>
    public static bool AsksForProbabilities(RequestFacts facts) =>
        facts.Logprobs == true || facts.TopLogprobs > 0 || facts.IncludesLogprobs;

    /// <summary>The body without it; null if there is nothing to change.</summary>
    /// <param name="body">The body.</param>
    /// <param name="endpoint">What is called.</param>
    /// <param name="facts">What the body asks for.</param>
    /// <param name="options">What goes.</param>
    /// <param name="isNoisy">Whether probabilities stay, because noise is put on them in the reply.</param>
    public static byte[]? Apply(
        ReadOnlySpan<byte> body, ApiEndpoint endpoint, RequestFacts facts, ReduceOptions options, bool isNoisy = false)
    {
        if (body.IsEmpty || endpoint is ApiEndpoint.Embeddings or ApiEndpoint.CountTokens or ApiEndpoint.PassThrough)
        {
            return null;
        }

        var reduction = new RequestReduction(body, endpoint, facts, options, isNoisy);
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        reduction.Read(ref json);
        return reduction._edits.Any ? reduction._edits.Apply(body) : null;
    }

    /// <summary>What a request asks for that is cut down to the cap.</summary>
    public static RequestFacts Capped(RequestFacts facts, ReduceOptions options) => options.MaxOutputTokens is { } cap
        ? facts with { MaxTokens = Math.Min(facts.MaxTokens ?? cap, cap) }
        : facts;

    private void Read(ref Utf8JsonReader json)
    {
        var members = new JsonItems(_body, _edits);
        while (members.Next(ref json))
        {
            var member = RequestMembers.Find(ref json);
            if (IsRemoved(member))
            {
                members.Remove(ref json);
                continue;
            }

            members.Keep(ref json);
            ReadMember(member, ref json);
            json.Skip();
        }

        if (_options.MaxOutputTokens is { } cap && !_isCapped)
        {
            var name = NamesOfCap(_endpoint)[0];
            members.Add(ref json, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"{name}\":{cap}")));
        }
    }

    private readonly bool IsRemoved(RequestMember member) => member switch
    {
        RequestMember.Logprobs or RequestMember.TopLogprobs or RequestMember.PromptLogprobs or RequestMember.NProbs =>
            _removesProbabilities,
        RequestMember.LogitBias => _removesBias,
        _ => false,
    };

    private static void RemoveIf(bool isRemoved, ref JsonItems members, ref Utf8JsonReader json)
    {
        if (isRemoved)
        {
            members.Remove(ref json);
            return;
        }

        members.Keep(ref json);
        json.Skip();
    }

    private void ReadMember(RequestMember member, ref Utf8JsonReader json)
    {
        switch (member)
        {
            case RequestMember.Include when _removesProbabilities && json.TokenType is JsonTokenType.StartArray:
                ReadInclude(ref json);
                break;
            case RequestMember.MaxTokens or RequestMember.MaxCompletionTokens or RequestMember.MaxOutputTokens:
                ReadCap(member, ref json);
                break;
            case RequestMember.Reasoning when _endpoint is ApiEndpoint.Responses && json.TokenType is JsonTokenType.StartObject
                && _options.Reasoning is ReasoningTreatment.Hidden:
                ReadReasoning(ref json);
                break;
            case RequestMember.Thinking when _endpoint is ApiEndpoint.Messages && json.TokenType is JsonTokenType.StartObject
                && !IsDisabled(json):
                ReadThinking(ref json);
                break;
        }
    }

    private readonly void ReadInclude(ref Utf8JsonReader json)
    {
        var items = new JsonItems(_body, _edits);
        while (items.Next(ref json))
        {
            RemoveIf(json.IsText("message.output_text.logprobs"u8), ref items, ref json);
        }
    }

    /// <summary>The members that bound a reply of an endpoint; the first is the one to add.</summary>
    private static string[] NamesOfCap(ApiEndpoint endpoint) => endpoint switch
    {
        ApiEndpoint.ChatCompletions => ["max_completion_tokens", "max_tokens"],
        ApiEndpoint.Responses => ["max_output_tokens"],
        _ => ["max_tokens"],
    };

    private void ReadCap(RequestMember member, ref Utf8JsonReader json)
    {
        if (_options.MaxOutputTokens is not { } cap)
        {
            return;
        }

        _isCapped |= NamesOfCap(_endpoint).Contains(RequestMembers.NameOf(member));
        if (json.TokenType is JsonTokenType.Null
            || (json.TokenType is JsonTokenType.Number && json.TryGetDouble(out var asked) && asked > cap))
        {
            _edits.Replace((int)json.TokenStartIndex, (int)json.BytesConsumed, Digits(cap));
        }
    }

    private readonly void ReadReasoning(ref Utf8JsonReader json)
    {
        var members = new JsonItems(_body, _edits);
        while (members.Next(ref json))
        {
            RemoveIf(json.IsNamed("summary"u8) || json.IsNamed("generate_summary"u8), ref members, ref json);
        }
    }

    private readonly void ReadThinking(ref Utf8JsonReader json)
    {
        var bound = Math.Min(_facts.MaxTokens ?? int.MaxValue, _options.MaxOutputTokens ?? int.MaxValue);
        if (_options.MaxOutputTokens is not null && bound <= LeastBudget && HasBudget(json))
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            _edits.Replace(start, (int)json.BytesConsumed, "{\"type\":\"disabled\"}"u8);
            return;
        }

        var display = _options.Reasoning switch
        {
            ReasoningTreatment.Hidden => "\"omitted\""u8,
            ReasoningTreatment.Summary => "\"summarized\""u8,
            _ => default,
        };
        var members = new JsonItems(_body, _edits);
        while (members.Next(ref json))
        {
            var isDisplay = json.IsNamed("display"u8);
            var isBudget = json.IsNamed("budget_tokens"u8);
            members.Keep(ref json);
            if (isDisplay && !display.IsEmpty)
            {
                _edits.Replace((int)json.TokenStartIndex, EndOf(json), display);
                display = default;
            }
            else if (isBudget && json.TokenType is JsonTokenType.Number && json.TryGetDouble(out var budget) && budget >= bound
                && _options.MaxOutputTokens is not null)
            {
                _edits.Replace((int)json.TokenStartIndex, (int)json.BytesConsumed, Digits(Math.Max(LeastBudget, bound / 2)));
            }

            json.Skip();
        }

        if (!display.IsEmpty)
        {
            members.Add(ref json, [.. "\"display\":"u8, .. display]);
        }
    }

    /// <summary>By value: the reader of the caller stays where it is.</summary>
    private static int EndOf(Utf8JsonReader json)
    {
        json.Skip();
        return (int)json.BytesConsumed;
    }

    private static bool IsDisabled(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isType = json.IsNamed("type"u8);
            json.Read();
            if (isType)
            {
                return json.IsText("disabled"u8);
            }

            json.Skip();
        }

        return false;
    }

    private static bool HasBudget(Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isBudget = json.IsNamed("budget_tokens"u8);
            json.Read();
            if (isBudget)
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }

    private static byte[] Digits(int number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
}
