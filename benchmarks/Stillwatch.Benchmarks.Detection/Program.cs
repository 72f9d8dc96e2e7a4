using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Benchmarks.Detection.Sybil;
using Stillwatch.Benchmarks.Detection.Windows;

return args switch
{
    ["coordination", .. var rest] => await CoordinationCommand.RunAsync(rest),
    ["nulls", .. var rest] => await NullCommand.RunAsync(rest),
    ["sybil", .. var rest] => await SybilCommand.RunAsync(rest),
    ["windows", .. var rest] => WindowCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        $"""
        The accuracy of campaign detection: Stillwatch and its rivals on the same traffic.

        {WindowCommand.Usage}
        {CoordinationCommand.Usage}
        {SybilCommand.Usage}
        {NullCommand.Usage}
        """);
    return 2;
}
