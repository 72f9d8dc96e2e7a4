using System.Collections.Frozen;
using System.Text;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>
/// Which column of a table (CSV, Parquet) is which member of an interaction. Case, blanks and hyphens do not matter in names of columns,
/// and a dot may be an underscore.
/// </summary>
public sealed class ColumnMapping
{
    private static readonly (string Columns, LogField Field)[] Customary =
    [
        ("request_id,interaction_id", LogField.Id),
        ("timestamp,ts,observed_at,request_time,start_time,created_at", LogField.Time),
        ("account_id,user,user_id,customer,customer_id", LogField.Account),
        ("organization_id,org,org_id,tenant,tenant_id", LogField.Organization),
        ("api_key_id,key_id", LogField.ApiKey),
        ("model_name", LogField.Model),
        ("operation_name", LogField.Operation),
        ("ip,ip_address,client_address,remote_addr", LogField.Ip),
        ("asn", LogField.Asn),
        ("country", LogField.Country),
        ("user_agent", LogField.UserAgent),
        ("ja4", LogField.Ja4),
        ("system,system_prompt,instructions", LogField.System),
        ("messages", LogField.Messages),
        ("request.prompt,user_prompt,input", LogField.Prompt),
        ("tools", LogField.Tools),
        ("temperature,request.temperature", LogField.Temperature),
        ("top_p,request.top_p", LogField.TopP),
        ("max_tokens,request.max_tokens", LogField.MaxTokens),
        ("n,request.n", LogField.Choices),
        ("logprobs,request.logprobs", LogField.Logprobs),
        ("top_logprobs,request.top_logprobs", LogField.TopLogprobs),
        ("logit_bias,request.logit_bias", LogField.LogitBias),
        ("stream,request.stream", LogField.Stream),
        ("response,completion,output", LogField.ResponseText),
        ("finish_reason,stop_reason", LogField.FinishReason),
        ("input_tokens,prompt_tokens", LogField.InputTokens),
        ("output_tokens,completion_tokens", LogField.OutputTokens),
        ("reasoning_tokens", LogField.ReasoningTokens),
        ("status_code,http_status", LogField.Status),
        ("latency,duration_ms", LogField.LatencyMs),
    ];

    private readonly FrozenDictionary<string, LogField> _own;

    private ColumnMapping(FrozenDictionary<string, LogField> own) => _own = own;

    /// <summary>The members' own names, and the customary names of docs/formats/inputs.md.</summary>
    public static ColumnMapping Default { get; } = new(FrozenDictionary<string, LogField>.Empty);

    private static FrozenDictionary<string, LogField> Known { get; } = Describe();

    /// <summary>
    /// Reads the text form of <c>--columns</c>: names of columns, each with the member it holds. They come before the default names.
    /// </summary>
    /// <param name="text">Such as <c>ts=time,uid=account,text=prompt</c>.</param>
    /// <param name="mapping">The mapping; the default if the text is refused.</param>
    /// <param name="error">What is wrong and what is accepted; null if nothing.</param>
    public static bool TryParse(string text, out ColumnMapping mapping, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        mapping = Default;
        error = null;
        var own = new Dictionary<string, LogField>(StringComparer.Ordinal);
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split('=', StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 }, _])
            {
                error = $"\"{pair}\" maps no column; accepted is column=member, such as ts=time,uid=account.";
            }
            else if (!Known.TryGetValue(Normalise(parts[1]), out var field))
            {
                error = $"\"{parts[1]}\" is no member of an interaction; accepted are such as time, account, client.ip, prompt.";
            }
            else if (!own.TryAdd(Normalise(parts[0]), field))
            {
                error = $"The column {parts[0]} is mapped twice; map it once.";
            }

            if (error is not null)
            {
                return false;
            }
        }

        mapping = new(own.ToFrozenDictionary(StringComparer.Ordinal));
        return true;
    }

    /// <summary>Which member a column holds.</summary>
    internal LogField Find(ReadOnlySpan<byte> column)
    {
        var name = Normalise(Encoding.UTF8.GetString(column));
        return _own.TryGetValue(name, out var own) ? own : Known.GetValueOrDefault(name);
    }

    private static FrozenDictionary<string, LogField> Describe()
    {
        var known = new Dictionary<string, LogField>(StringComparer.Ordinal);
        for (var field = LogField.Id; field <= LogField.LatencyMs; field++)
        {
            known.Add(Normalise(field.Path()), field);
        }

        foreach (var (columns, field) in Customary)
        {
            foreach (var column in columns.Split(','))
            {
                known.TryAdd(Normalise(column), field);
            }
        }

        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Normalise(string name) => name.Trim().ToLowerInvariant().Replace('.', '_').Replace('-', '_').Replace(' ', '_');
}
