using Stillwatch.Benchmarks.Ingest;

return args switch
{
    ["ingest", .. var rest] => await IngestBenchmark.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Benchmarks; each prints what it measures beside its rival.

          ingest [LOG.jsonl[.gz]] [--lines N]   JSONL into a store, beside the engine loading the same file itself
        """);
    return 2;
}
