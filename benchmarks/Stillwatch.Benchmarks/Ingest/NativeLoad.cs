using Stillwatch.Store.Engine;

namespace Stillwatch.Benchmarks.Ingest;

/// <summary>The engine's own way: a table with the contract's fields, filled by INSERT … SELECT FROM file(…, JSONEachRow).</summary>
internal static class NativeLoad
{
    private const string Columns =
        "time String, id String, account String, organization String, api_key String, model String, operation String, " +
        "client Tuple(ip Nullable(String), asn Nullable(UInt32), country Nullable(String), " +
        "user_agent Nullable(String), ja4 Nullable(String)), " +
        "request Tuple(system Nullable(String), messages Array(Tuple(role String, content String)), tools Array(String), " +
        "parameters Tuple(temperature Nullable(Float64), top_p Nullable(Float64), max_tokens Nullable(Int32), n Nullable(Int32), " +
        "logprobs Nullable(Bool), top_logprobs Nullable(Int32), logit_bias Nullable(Int32), stream Nullable(Bool))), " +
        "response Tuple(text Nullable(String), finish_reason Nullable(String)), " +
        "usage Tuple(input_tokens UInt32, output_tokens UInt32, reasoning_tokens UInt32), status UInt16, latency_ms Float64";

    public static async Task<string> RunAsync(string directory, string log, int lines)
    {
        await using var engine = await ClickHouse.OpenAsync(directory);
        await engine.ExecuteAsync(Sql.Of("CREATE TABLE raw (" + Columns + ") ENGINE = MergeTree ORDER BY (account, time)"));
        await engine.ExecuteAsync(
            Sql.Format($"INSERT INTO raw SELECT * FROM file({log}, 'JSONEachRow', {Columns})"),
            QuerySettings.None.With("input_format_skip_unknown_fields", 1));
        await using var rows = await engine.QueryAsync(Sql.Of(
            "SELECT sum(rows), sum(bytes_on_disk) FROM system.parts WHERE active AND table = 'raw' AND database = currentDatabase()"));
        IngestBenchmark.Require(rows.Read() && rows.UInt64() == (ulong)lines, "the engine did not load every line");
        return IngestBenchmark.Text($"{(double)rows.UInt64() / lines:0.0} bytes an interaction on disk, texts included");
    }
}
