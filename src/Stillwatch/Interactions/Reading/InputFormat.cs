namespace Stillwatch.Interactions.Reading;

/// <summary>The formats of a log. Each is described in docs/formats/inputs.md.</summary>
public enum InputFormat
{
    /// <summary>Recognised from the file's first bytes.</summary>
    Auto,

    /// <summary>One interaction a line, as interaction.schema.json defines it.</summary>
    Native,

    /// <summary>Comma-, semicolon- or tab-separated values (RFC 4180) with a header.</summary>
    Csv,

    /// <summary>Apache Parquet, read by the engine.</summary>
    Parquet,

    /// <summary>Rows of LiteLLM's table <c>LiteLLM_SpendLogs</c> as JSON.</summary>
    LiteLlm,

    /// <summary>OpenTelemetry GenAI spans in the JSON encoding of OTLP.</summary>
    OpenTelemetry,

    /// <summary>
    /// One JSON object a line whose members are columns, named as the columns of a CSV file are; what an engine's export gives.
    /// </summary>
    Rows,
}
