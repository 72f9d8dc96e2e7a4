using Stillwatch.Benchmarks.Detection.Windows;

return args switch
{
    ["windows", .. var rest] => WindowCommand.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        $"""
        The accuracy of campaign detection: Stillwatch and its rivals on the same traffic.

        {WindowCommand.Usage}
        """);
    return 2;
}
