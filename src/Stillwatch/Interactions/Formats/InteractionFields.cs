namespace Stillwatch.Interactions.Formats;

/// <summary>What is known of each field: its path in the contract (messages use it), its kind, the range of a number.</summary>
internal static class InteractionFields
{
    /// <summary>How many there are, <see cref="InteractionField.None"/> included.</summary>
    public static readonly int Count = Enum.GetValues<InteractionField>().Length;

    private static readonly (string Path, FieldKind Kind, double Least, double Most)[] Fields = Describe();

    /// <summary>The field's path in the contract.</summary>
    public static string Path(this InteractionField field) => Fields[(int)field].Path;

    /// <summary>What the field holds.</summary>
    public static FieldKind Kind(this InteractionField field) => Fields[(int)field].Kind;

    /// <summary>Whether a number can be a value of the field.</summary>
    public static bool Admits(this InteractionField field, double value) =>
        value >= Fields[(int)field].Least && value <= Fields[(int)field].Most;

    /// <summary>Whether a record without the field is none.</summary>
    public static bool IsRequired(this InteractionField field) =>
        field is InteractionField.Time or InteractionField.Account or InteractionField.Model;

    private static (string Path, FieldKind Kind, double Least, double Most)[] Describe()
    {
        var fields = new (string, FieldKind, double, double)[Count];
        fields[(int)InteractionField.None] = ("", FieldKind.None, 0, 0);
        void Add(InteractionField field, string path, FieldKind kind, double least = 0, double most = 0) =>
            fields[(int)field] = (path, kind, least, most);

        DescribeWho(Add);
        DescribeRequest(Add);
        DescribeReply(Add);
        return fields;
    }

    private static void DescribeWho(AddField add)
    {
        add(InteractionField.Id, "id", FieldKind.Name);
        add(InteractionField.Time, "time", FieldKind.Time);
        add(InteractionField.Account, "account", FieldKind.Name);
        add(InteractionField.Organization, "organization", FieldKind.Name);
        add(InteractionField.ApiKey, "api_key", FieldKind.Name);
        add(InteractionField.Model, "model", FieldKind.Name);
        add(InteractionField.Operation, "operation", FieldKind.Name);
        add(InteractionField.Ip, "client.ip", FieldKind.Address);
        add(InteractionField.Asn, "client.asn", FieldKind.Integer, 0, uint.MaxValue);
        add(InteractionField.Country, "client.country", FieldKind.Name);
        add(InteractionField.UserAgent, "client.user_agent", FieldKind.Name);
        add(InteractionField.Ja4, "client.ja4", FieldKind.Name);
    }

    private static void DescribeRequest(AddField add)
    {
        add(InteractionField.System, "request.system", FieldKind.Text);
        add(InteractionField.Messages, "request.messages", FieldKind.Messages);
        add(InteractionField.Prompt, "prompt", FieldKind.Text);
        add(InteractionField.Tools, "request.tools", FieldKind.Tools);
        add(InteractionField.Temperature, "request.parameters.temperature", FieldKind.Number, double.MinValue, double.MaxValue);
        add(InteractionField.TopP, "request.parameters.top_p", FieldKind.Number, double.MinValue, double.MaxValue);
        add(InteractionField.MaxTokens, "request.parameters.max_tokens", FieldKind.Integer, int.MinValue, int.MaxValue);
        add(InteractionField.Choices, "request.parameters.n", FieldKind.Integer, int.MinValue, int.MaxValue);
        add(InteractionField.Logprobs, "request.parameters.logprobs", FieldKind.Flag, 0, 1);
        add(InteractionField.TopLogprobs, "request.parameters.top_logprobs", FieldKind.Integer, int.MinValue, int.MaxValue);
        add(InteractionField.LogitBias, "request.parameters.logit_bias", FieldKind.Integer, 0, int.MaxValue);
        add(InteractionField.Stream, "request.parameters.stream", FieldKind.Flag, 0, 1);
    }

    private static void DescribeReply(AddField add)
    {
        add(InteractionField.ResponseText, "response.text", FieldKind.Text);
        add(InteractionField.FinishReason, "response.finish_reason", FieldKind.Name);
        add(InteractionField.InputTokens, "usage.input_tokens", FieldKind.Integer, 0, int.MaxValue);
        add(InteractionField.OutputTokens, "usage.output_tokens", FieldKind.Integer, 0, int.MaxValue);
        add(InteractionField.ReasoningTokens, "usage.reasoning_tokens", FieldKind.Integer, 0, int.MaxValue);
        add(InteractionField.Status, "status", FieldKind.Integer, 0, 999);
        add(InteractionField.LatencyMs, "latency_ms", FieldKind.Number, 0, double.MaxValue);
    }

    private delegate void AddField(InteractionField field, string path, FieldKind kind, double least = 0, double most = 0);
}
