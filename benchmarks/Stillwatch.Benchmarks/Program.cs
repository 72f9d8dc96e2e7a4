using Stillwatch.Benchmarks.Evidence;
using Stillwatch.Benchmarks.Evidence.Sharing;
using Stillwatch.Benchmarks.Gateway;
using Stillwatch.Benchmarks.Hunting;
using Stillwatch.Benchmarks.Ingest;

return args switch
{
    ["ingest", .. var rest] => await IngestBenchmark.RunAsync(rest),
    ["hunt", .. var rest] => await HuntBenchmark.RunAsync(rest),
    ["hunt-once", var store] => await TimedHunt.RunAsync(store),
    ["log-append", .. var rest] => await LogAppendBenchmark.RunAsync(rest),
    ["voprf", var oracles] => await VoprfBenchmark.RunAsync(oracles),
    ["quota", .. var rest] => await QuotaBenchmark.RunAsync(rest),
    ["switch"] => await SwitchBenchmark.RunAsync(),
    ["policy", var file] => PolicyBenchmark.Run(file),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Benchmarks; each prints what it measures beside its rival.

          ingest [LOG.jsonl[.gz]] [--lines N]   JSONL into a store, beside the engine loading the same file itself
          hunt [--scenario NAME] [--scale F] [--directory DIR]
                                                hunts of a stored log: first, again, after 1 % more; DIR keeps the simulated store
          voprf ORACLES                         evaluations of private matching, beside @noble/curves (ORACLES: tests/oracles)
          hunt-once STORE                       one hunt of any store, stage by stage
          policy FILE                           a decision of access by the policies of a file
          switch                                how soon 10,000 streams hear of a kill switch
          quota [--requests N]                  reservations and settlements a second beside .NET's chained limiters
          log-append [--entries N]              durable appends to the transparency log beside SQLite; its check beside Go's
        """);
    return 2;
}
