namespace Stillwatch.Interactions.Formats;

/// <summary>The members of the record being read, set in any order and any number of times; reused by one parser.</summary>
internal sealed class InteractionDraft
{
    private readonly string?[] _names = new string?[InteractionFields.Count];
    private readonly double[] _numbers = new double[InteractionFields.Count];
    private readonly TextRange[] _texts = new TextRange[InteractionFields.Count];
    private ulong _numbersSet;
    private ulong _textsSet;

    /// <summary>Messages in order, with their roles.</summary>
    public List<(string Role, TextRange Content)> Messages { get; } = [];

    /// <summary>Names of tools in order.</summary>
    public List<string> Tools { get; } = [];

    /// <summary>The network peer's address.</summary>
    public ClientAddress? Address { get; set; }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_names);
        _numbersSet = 0;
        _textsSet = 0;
        Messages.Clear();
        Tools.Clear();
        Address = null;
    }

    /// <summary>Forgets some neighbouring fields: a later object replaces an earlier one of the same name.</summary>
    public void Clear(InteractionField first, InteractionField last)
    {
        for (var field = first; field <= last; field++)
        {
            _names[(int)field] = null;
            _numbersSet &= ~(1UL << (int)field);
            _textsSet &= ~(1UL << (int)field);
        }

        Address = first <= InteractionField.Ip && last >= InteractionField.Ip ? null : Address;
        if (first <= InteractionField.Messages && last >= InteractionField.Tools)
        {
            Messages.Clear();
            Tools.Clear();
        }
    }

    /// <summary>A name; null where absent.</summary>
    public string? this[InteractionField field]
    {
        get => _names[(int)field];
        set => _names[(int)field] = value;
    }

    /// <summary>Sets a number, a time (milliseconds) or a flag (0, 1); null forgets it.</summary>
    public void SetNumber(InteractionField field, double? value)
    {
        _numbers[(int)field] = value.GetValueOrDefault();
        _numbersSet = value is null ? _numbersSet & ~(1UL << (int)field) : _numbersSet | 1UL << (int)field;
    }

    /// <summary>A number; null where absent.</summary>
    public double? Number(InteractionField field) => (_numbersSet >> (int)field & 1) == 0 ? null : _numbers[(int)field];

    /// <summary>Sets a text; null forgets it.</summary>
    public void SetText(InteractionField field, TextRange? value)
    {
        _texts[(int)field] = value.GetValueOrDefault();
        _textsSet = value is null ? _textsSet & ~(1UL << (int)field) : _textsSet | 1UL << (int)field;
    }

    /// <summary>A text; null where absent.</summary>
    public TextRange? Text(InteractionField field) => (_textsSet >> (int)field & 1) == 0 ? null : _texts[(int)field];

    /// <summary>The record. Time, account and model are set.</summary>
    /// <param name="id">Its id, given or derived.</param>
    /// <param name="texts">Memory that belongs to the record, in which the ranges lie.</param>
    public Interaction Build(string id, ReadOnlyMemory<byte> texts) => new()
    {
        Id = id,
        ObservedAtMs = (long)Number(InteractionField.Time)!.Value,
        Account = new AccountId(this[InteractionField.Account]!),
        Organization = this[InteractionField.Organization],
        ApiKey = this[InteractionField.ApiKey],
        Model = this[InteractionField.Model]!,
        Operation = this[InteractionField.Operation] ?? Interaction.DefaultOperation,
        Client = BuildClient(),
        Request = BuildRequest(texts),
        ResponseText = Slice(texts, Text(InteractionField.ResponseText)),
        FinishReason = this[InteractionField.FinishReason],
        Usage = new(
            Integer(InteractionField.InputTokens) ?? 0, Integer(InteractionField.OutputTokens) ?? 0, Integer(InteractionField.ReasoningTokens) ?? 0),
        Status = Integer(InteractionField.Status) ?? 0,
        LatencyMs = Number(InteractionField.LatencyMs),
    };

    private ClientPeer BuildClient() => new(
        Address,
        (uint)(Number(InteractionField.Asn) ?? 0),
        this[InteractionField.Country],
        this[InteractionField.UserAgent],
        this[InteractionField.Ja4]);

    private PromptContent BuildRequest(ReadOnlyMemory<byte> texts) => new()
    {
        System = Slice(texts, Text(InteractionField.System)),
        Messages = BuildMessages(texts),
        Tools = Tools.Count == 0 ? [] : Tools.ToArray(),
        Parameters = new(
            Number(InteractionField.Temperature),
            Number(InteractionField.TopP),
            Integer(InteractionField.MaxTokens),
            Integer(InteractionField.Choices),
            Flag(InteractionField.Logprobs),
            Integer(InteractionField.TopLogprobs),
            Integer(InteractionField.LogitBias),
            Flag(InteractionField.Stream)),
    };

    private PromptMessage[] BuildMessages(ReadOnlyMemory<byte> texts)
    {
        var prompt = Text(InteractionField.Prompt);
        var count = Messages.Count + (prompt is null ? 0 : 1);
        var messages = count == 0 ? [] : new PromptMessage[count];
        for (var i = 0; i < Messages.Count; i++)
        {
            messages[i] = new(Messages[i].Role, texts.Slice(Messages[i].Content.Start, Messages[i].Content.Length));
        }

        if (prompt is { } last)
        {
            messages[^1] = new(UserRole, texts.Slice(last.Start, last.Length));
        }

        return messages;
    }

    /// <summary>The role of the prompt.</summary>
    public const string UserRole = "user";

    private static ReadOnlyMemory<byte>? Slice(ReadOnlyMemory<byte> texts, TextRange? range) =>
        range is { } some ? texts.Slice(some.Start, some.Length) : default(ReadOnlyMemory<byte>?);

    private int? Integer(InteractionField field) => (int?)Number(field);

    private bool? Flag(InteractionField field) => Number(field) is { } value ? value != 0 : null;
}
