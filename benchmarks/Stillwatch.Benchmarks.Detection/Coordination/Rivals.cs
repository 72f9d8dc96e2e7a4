namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>All rivals of the benchmark of coordination, as the tables name them.</summary>
internal static class Rivals
{
    /// <summary>
    /// Group sizes and times that fit a fortnight of campaigns of some thirty accounts, for methods published for far larger ones.
    /// </summary>
    private static readonly CopyCatchOptions FittedCopyCatch = new() { MinAccounts = 8, Objects = 4, MaxApart = TimeSpan.FromDays(3) };

    /// <summary>The rivals: published parameters first, fitted ones beside them where these cannot find a group of this size.</summary>
    public static IReadOnlyList<Rival> All { get; } =
    [
        new("Rate threshold", static (input, _) => RateThreshold.Detect(input.Signals)),
        new("Rules (hand-set weights)", static (input, _) => RuleScorer.Detect(input.Signals)),
        new("FRAUDAR (one block)", static (input, cancellation) => Fraudar.Detect(input.Graph, new() { MaxBlocks = 1 }, cancellation)),
        FraudarOf("FRAUDAR (one block, content only)", AttributeKind.Phrase, AttributeKind.SystemPrompt, AttributeKind.ToolSet),
        FraudarOf("FRAUDAR (one block, phrases only)", AttributeKind.Phrase),
        FraudarOf(
            "FRAUDAR (one block, infrastructure only)",
            AttributeKind.Address,
            AttributeKind.Network,
            AttributeKind.AutonomousSystem,
            AttributeKind.Client,
            AttributeKind.Payment,
            AttributeKind.EmailDomain),
        new("FRAUDAR (several blocks)", static (input, cancellation) => Fraudar.Detect(input.Graph, new(), cancellation)),
        DCubeOf("D-Cube (arithmetic)", DensityMeasure.Arithmetic),
        DCubeOf("D-Cube (geometric)", DensityMeasure.Geometric),
        DCubeOf("D-Cube (suspiciousness)", DensityMeasure.Suspiciousness),
        new("SynchroTrap (addresses)", static (input, cancellation) =>
            SynchroTrap.Detect(input.Table.Accounts.Count, [input.AddressActions()], new(), cancellation)),
        new("SynchroTrap (addresses, templates)", static (input, cancellation) =>
            SynchroTrap.Detect(input.Table.Accounts.Count, [input.AddressActions(), Templated(input)], new(), cancellation)),
        new("CopyCatch (StarScout)", static (input, cancellation) => CopyCatchOf(input, new(), cancellation)),
        new("CopyCatch (8 accounts, 4 objects, 3 days)", static (input, cancellation) =>
            CopyCatchOf(input, FittedCopyCatch, cancellation)),
        new("EvilCohort (s = 10)", static (input, cancellation) => EvilCohort.Detect(input.Addresses, new(), cancellation)),
        new("EvilCohort (s = 1)", static (input, cancellation) =>
            EvilCohort.Detect(input.Addresses, new() { MinShared = 1 }, cancellation)),
        new("CatchSync", static (input, _) => CatchSync.Detect(input.Graph, new())),
    ];

    private static Rival FraudarOf(string name, params AttributeKind[] kinds) =>
        new(name, (input, cancellation) => Fraudar.Detect(input.GraphOf(kinds), new() { MaxBlocks = 1 }, cancellation));

    private static Rival DCubeOf(string name, DensityMeasure measure) =>
        new(name, (input, cancellation) => DCube.Detect(input.Tensor, new() { Measure = measure }, cancellation));

    private static List<AccountAction> Templated(RivalInput input) =>
        [.. input.TemplateActions.Where(static action => action.Object != InteractionTable.None)];

    private static Suspicion CopyCatchOf(RivalInput input, CopyCatchOptions options, CancellationToken cancellation) =>
        CopyCatch.Detect(input.Table.Accounts.Count, input.Table.ValueCount, input.AllActions(), options, cancellation);
}
