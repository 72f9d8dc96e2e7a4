namespace Stillwatch.Interactions.Formats;

/// <summary>What is known of each field: its path in the contract (messages use it), its kind, the range of a number.</summary>
internal static class LogFields
{
    /// <summary>How many there are, <see cref="LogField.None"/> included.</summary>
    public static readonly int Count = Enum.GetValues<LogField>().Length;

    private static readonly (string Path, FieldKind Kind, double Least, double Most)[] Fields = Describe();

    /// <summary>The field's path in the contract.</summary>
    public static string Path(this LogField field) => Fields[(int)field].Path;

    /// <summary>What the field holds.</summary>
    public static FieldKind Kind(this LogField field) => Fields[(int)field].Kind;

    /// <summary>Whether a number can be a value of the field.</summary>
    public static bool Admits(this LogField field, double value) =>
        value >= Fields[(int)field].Least && value <= Fields[(int)field].Most;

    /// <summary>Whether an interaction without the field is none.</summary>
    public static bool IsRequired(this LogField field) =>
        field is LogField.Time or LogField.Account or LogField.Model;

    private static (string Path, FieldKind Kind, double Least, double Most)[] Describe()
    {
        var fields = new (string, FieldKind, double, double)[Count];
        fields[(int)LogField.None] = ("", FieldKind.None, 0, 0);
        void Add(LogField field, string path, FieldKind kind, double least = 0, double most = 0) =>
            fields[(int)field] = (path, kind, least, most);

        DescribeWho(Add);
        DescribeRequest(Add);
        DescribeReply(Add);
        DescribeRegistration(Add);
        return fields;
    }

    private static void DescribeWho(AddField add)
    {
        add(LogField.Id, "id", FieldKind.Name);
        add(LogField.Time, "time", FieldKind.Time);
        add(LogField.Account, "account", FieldKind.Name);
        add(LogField.Organization, "organization", FieldKind.Name);
        add(LogField.ApiKey, "api_key", FieldKind.Name);
        add(LogField.Model, "model", FieldKind.Name);
        add(LogField.Operation, "operation", FieldKind.Name);
        add(LogField.Ip, "client.ip", FieldKind.Address);
        add(LogField.Asn, "client.asn", FieldKind.Integer, 0, uint.MaxValue);
        add(LogField.Country, "client.country", FieldKind.Name);
        add(LogField.UserAgent, "client.user_agent", FieldKind.Name);
        add(LogField.Ja4, "client.ja4", FieldKind.Name);
    }

    private static void DescribeRequest(AddField add)
    {
        add(LogField.System, "request.system", FieldKind.Text);
        add(LogField.Messages, "request.messages", FieldKind.Messages);
        add(LogField.Prompt, "prompt", FieldKind.Text);
        add(LogField.Tools, "request.tools", FieldKind.Tools);
        add(LogField.Temperature, "request.parameters.temperature", FieldKind.Number, double.MinValue, double.MaxValue);
        add(LogField.TopP, "request.parameters.top_p", FieldKind.Number, double.MinValue, double.MaxValue);
        add(LogField.MaxTokens, "request.parameters.max_tokens", FieldKind.Integer, int.MinValue, int.MaxValue);
        add(LogField.Choices, "request.parameters.n", FieldKind.Integer, int.MinValue, int.MaxValue);
        add(LogField.Logprobs, "request.parameters.logprobs", FieldKind.Flag, 0, 1);
        add(LogField.TopLogprobs, "request.parameters.top_logprobs", FieldKind.Integer, int.MinValue, int.MaxValue);
        add(LogField.LogitBias, "request.parameters.logit_bias", FieldKind.Integer, 0, int.MaxValue);
        add(LogField.Stream, "request.parameters.stream", FieldKind.Flag, 0, 1);
    }

    private static void DescribeReply(AddField add)
    {
        add(LogField.ResponseText, "response.text", FieldKind.Text);
        add(LogField.FinishReason, "response.finish_reason", FieldKind.Name);
        add(LogField.InputTokens, "usage.input_tokens", FieldKind.Integer, 0, int.MaxValue);
        add(LogField.OutputTokens, "usage.output_tokens", FieldKind.Integer, 0, int.MaxValue);
        add(LogField.ReasoningTokens, "usage.reasoning_tokens", FieldKind.Integer, 0, int.MaxValue);
        add(LogField.Status, "status", FieldKind.Integer, 0, 999);
        add(LogField.LatencyMs, "latency_ms", FieldKind.Number, 0, double.MaxValue);
    }

    private static void DescribeRegistration(AddField add)
    {
        add(LogField.Created, "created", FieldKind.Time);
        add(LogField.EmailDomain, "email_domain", FieldKind.Name);
        add(LogField.Payment, "payment", FieldKind.Name);
        add(LogField.Program, "program", FieldKind.Name);
    }

    private delegate void AddField(LogField field, string path, FieldKind kind, double least = 0, double most = 0);
}
