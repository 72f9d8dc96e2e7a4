using System.Numerics;
using Stillwatch.Benchmarks.Detection.Windows.Contamination;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>
/// Each kind of evidence alone, and all without it, on the windows of one setting; every window is drawn and measured once.
/// </summary>
internal static class EvidenceExperiment
{
    /// <summary>The name of the combination that the others are measured against.</summary>
    public const string Whole = "Stillwatch";

    /// <summary>The combinations of kinds that are compared, by their names.</summary>
    public static IReadOnlyList<(string Name, EvidenceKinds Kinds)> Combinations { get; } =
    [
        (Whole, EvidenceKinds.All),
        .. Enum.GetValues<EvidenceKinds>().Where(static kind => BitOperations.IsPow2((int)kind)).SelectMany(Ablated),
    ];

    /// <summary>For each combination the shares of flagged windows: of the benign ones, then at each attacker's share.</summary>
    public static double[][] Run(WindowSetting setting, TestWindows windows, CancellationToken stop)
    {
        var evidence = ContaminationDetector.Evidence(setting, EvidenceKinds.All | EvidenceKinds.Embedding);
        var test = new SmallestPValueTest([.. evidence.Select(static kind => kind.Evidence)], setting.Calibration);
        var members = Combinations.Select(combination => Members(evidence, combination.Kinds)).ToArray();
        IReadOnlyList<int[]>[] kinds = [windows.Benign, .. windows.Attack];
        var shares = members.Select(_ => new double[kinds.Length]).ToArray();
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            var flagged = new int[members.Length];
            Parallel.For(0, kinds[kind].Count, new() { CancellationToken = stop }, window =>
            {
                var generator = WindowExperiment.GeneratorOf(setting, kind, window);
                var ranks = test.Ranks(kinds[kind][window], ref generator);
                for (var i = 0; i < members.Length; i++)
                {
                    var rejected = SmallestPValueTest.PValueOf(ranks, members[i]).Rejects(WindowDetectors.Level);
                    Interlocked.Add(ref flagged[i], rejected ? 1 : 0);
                }
            });
            for (var i = 0; i < members.Length; i++)
            {
                shares[i][kind] = (double)flagged[i] / kinds[kind].Count;
            }
        }

        return shares;
    }

    private static int[] Members(IReadOnlyList<(EvidenceKinds Kind, IEvidence Evidence)> evidence, EvidenceKinds kinds) =>
        [.. Enumerable.Range(0, evidence.Count).Where(i => kinds.HasFlag(evidence[i].Kind))];

    private static IEnumerable<(string Name, EvidenceKinds Kinds)> Ablated(EvidenceKinds kind)
    {
        yield return ($"only {kind}", kind);
        if (EvidenceKinds.All.HasFlag(kind))
        {
            yield return ($"all but {kind}", EvidenceKinds.All & ~kind);
        }
    }
}
