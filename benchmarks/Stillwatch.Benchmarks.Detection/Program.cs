using Stillwatch.Benchmarks.Detection.Ablation;
using Stillwatch.Benchmarks.Detection.Accuracy;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Documents;
using Stillwatch.Benchmarks.Detection.Evasion;
using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Benchmarks.Detection.Sybil;
using Stillwatch.Benchmarks.Detection.Unseen;
using Stillwatch.Benchmarks.Detection.Windows;

return args switch
{
    ["accuracy", .. var rest] => await AccuracyCommand.RunAsync(rest),
    ["ablation", .. var rest] => await AblationCommand.RunAsync(rest),
    ["coordination", .. var rest] => await CoordinationCommand.RunAsync(rest),
    ["detection", .. var rest] => await DetectionCommand.RunAsync(rest),
    ["nulls", .. var rest] => await NullCommand.RunAsync(rest),
    ["sybil", .. var rest] => await SybilCommand.RunAsync(rest),
    ["windows", .. var rest] => await WindowCommand.RunAsync(rest),
    ["scales", .. var rest] => await ScalesCommand.RunAsync(rest),
    ["earliness", .. var rest] => await EarlinessCommand.RunAsync(rest),
    ["evasion", .. var rest] => await EvasionCommand.RunAsync(rest),
    ["attacker", .. var rest] => await AttackerCommand.RunAsync(rest),
    ["sketches", .. var rest] => await SketchesCommand.RunAsync(rest),
    ["unseen", .. var rest] => await UnseenCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        $"""
        The accuracy of campaign detection: Stillwatch and its rivals on the same traffic.

        {DetectionCommand.Usage}
        {WindowCommand.Usage}
        {AccuracyCommand.Usage}
        {AblationCommand.Usage}
        {CoordinationCommand.Usage}
        {SybilCommand.Usage}
        {NullCommand.Usage}
        {ScalesCommand.Usage}
        {EarlinessCommand.Usage}
        {EvasionCommand.Usage}
        {AttackerCommand.Usage}
        {SketchesCommand.Usage}
        {UnseenCommand.Usage}

        Without --composer, worlds come from the product's simulator. --results keeps each world's outcome, so that a
        stopped run goes on where it was; use a new file after the code of the hunt has changed.
        """);
    return 2;
}
