namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>What the self-test found.</summary>
/// <param name="Trials">All attacks.</param>
/// <param name="Fingerprint">
/// Undefended: shares of unseen outputs of the same and of another model that lie in the space that was read.
/// </param>
/// <param name="Averages">What averaging leaves of the noise of <c>perturb</c>.</param>
/// <param name="Cost">What honest users pay under <c>perturb</c>.</param>
internal sealed record ExtractionReport(
    IReadOnlyList<ExtractionTrial> Trials, (double Same, double Other) Fingerprint, AveragedNoise Averages, HonestCost Cost)
{
    /// <summary>Whether every attack works where nothing is done about it; otherwise the rest says nothing.</summary>
    public bool IsLive =>
        Trials.Where(static trial => trial.Defence == ExtractionSelftest.Undefended).All(static trial => trial.Succeeds);

    /// <summary>What the policy does not stop, a sentence each.</summary>
    public IEnumerable<string> Failures => Trials.Where(static trial => trial.IsPolicy && trial.Succeeds)
        .Select(static trial => $"{trial.Defence} does not hold against the attack by {trial.Attack}, {trial.Factor}x the prompts.")
        .Concat(Averages.IsAveragedAway ? ["the noise of perturb can be averaged away."] : []);
}
