namespace Stillwatch.Interactions.Formats;

/// <summary>The members of the record being read, set in any order and any number of times; reused by one parser.</summary>
internal sealed class RecordDraft
{
    private readonly string?[] _names = new string?[LogFields.Count];
    private readonly double[] _numbers = new double[LogFields.Count];
    private readonly TextRange[] _texts = new TextRange[LogFields.Count];
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
    public void Clear(LogField first, LogField last)
    {
        for (var field = first; field <= last; field++)
        {
            _names[(int)field] = null;
            _numbersSet &= ~(1UL << (int)field);
            _textsSet &= ~(1UL << (int)field);
        }

        Address = first <= LogField.Ip && last >= LogField.Ip ? null : Address;
        if (first <= LogField.Messages && last >= LogField.Tools)
        {
            Messages.Clear();
            Tools.Clear();
        }
    }

    /// <summary>A name; null where absent.</summary>
    public string? this[LogField field]
    {
        get => _names[(int)field];
        set => _names[(int)field] = value;
    }

    /// <summary>Sets a number, a time (milliseconds) or a flag (0, 1); null forgets it.</summary>
    public void SetNumber(LogField field, double? value)
    {
        _numbers[(int)field] = value.GetValueOrDefault();
        _numbersSet = value is null ? _numbersSet & ~(1UL << (int)field) : _numbersSet | 1UL << (int)field;
    }

    /// <summary>A number; null where absent.</summary>
    public double? Number(LogField field) => (_numbersSet >> (int)field & 1) == 0 ? null : _numbers[(int)field];

    /// <summary>Sets a text; null forgets it.</summary>
    public void SetText(LogField field, TextRange? value)
    {
        _texts[(int)field] = value.GetValueOrDefault();
        _textsSet = value is null ? _textsSet & ~(1UL << (int)field) : _textsSet | 1UL << (int)field;
    }

    /// <summary>A text; null where absent.</summary>
    public TextRange? Text(LogField field) => (_textsSet >> (int)field & 1) == 0 ? null : _texts[(int)field];

    /// <summary>The record. Time, account and model are set.</summary>
    /// <param name="id">Its id, given or derived.</param>
    /// <param name="texts">Memory that belongs to the record, in which the ranges lie.</param>
    public Interaction Build(string id, ReadOnlyMemory<byte> texts) => new()
    {
        Id = id,
        ObservedAtMs = (long)Number(LogField.Time)!.Value,
        Account = new AccountId(this[LogField.Account]!),
        Organization = this[LogField.Organization],
        ApiKey = this[LogField.ApiKey],
        Model = this[LogField.Model]!,
        Operation = this[LogField.Operation] ?? Interaction.DefaultOperation,
        Client = BuildClient(),
        Request = BuildRequest(texts),
        ResponseText = Slice(texts, Text(LogField.ResponseText)),
        FinishReason = this[LogField.FinishReason],
        Usage = new(
            Integer(LogField.InputTokens) ?? 0, Integer(LogField.OutputTokens) ?? 0, Integer(LogField.ReasoningTokens) ?? 0),
        Status = Integer(LogField.Status) ?? 0,
        LatencyMs = Number(LogField.LatencyMs),
    };

    /// <summary>The registration. Its account is set.</summary>
    public AccountRegistration BuildRegistration() => new()
    {
        Account = new AccountId(this[LogField.Account]!),
        CreatedMs = (long?)Number(LogField.Created),
        Organization = this[LogField.Organization],
        EmailDomain = this[LogField.EmailDomain],
        Payment = this[LogField.Payment],
        Country = this[LogField.Country],
        Program = this[LogField.Program],
    };

    private ClientPeer BuildClient() => new(
        Address,
        (uint)(Number(LogField.Asn) ?? 0),
        this[LogField.Country],
        this[LogField.UserAgent],
        this[LogField.Ja4]);

    private PromptContent BuildRequest(ReadOnlyMemory<byte> texts) => new()
    {
        System = Slice(texts, Text(LogField.System)),
        Messages = BuildMessages(texts),
        Tools = Tools.Count == 0 ? [] : Tools.ToArray(),
        Parameters = new(
            Number(LogField.Temperature),
            Number(LogField.TopP),
            Integer(LogField.MaxTokens),
            Integer(LogField.Choices),
            Flag(LogField.Logprobs),
            Integer(LogField.TopLogprobs),
            Integer(LogField.LogitBias),
            Flag(LogField.Stream)),
    };

    private PromptMessage[] BuildMessages(ReadOnlyMemory<byte> texts)
    {
        var prompt = Text(LogField.Prompt);
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

    private int? Integer(LogField field) => (int?)Number(field);

    private bool? Flag(LogField field) => Number(field) is { } value ? value != 0 : null;
}
