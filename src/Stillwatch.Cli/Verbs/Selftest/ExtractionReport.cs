namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>What the self-test found.</summary>
/// <param name="Trials">All attacks.</param>
/// <param name="Fingerprint">
/// Undefended: shares of unseen outputs of the same and of another model that lie in the space that was read.
/// </param>
/// <param name="Cost">What honest users pay.</param>
internal sealed record ExtractionReport(
    IReadOnlyList<ExtractionTrial> Trials, (double Same, double Other) Fingerprint, HonestCost Cost)
{
    /// <summary>Whether every attack works where nothing is done about it; otherwise the rest says nothing.</summary>
    public bool IsLive => Trials.Where(static trial => trial.Defence == "none").All(static trial => trial.Succeeds);

    /// <summary>Attacks that the policy does not stop.</summary>
    public IEnumerable<ExtractionTrial> Failures => Trials.Where(static trial => trial.IsPolicy && trial.Succeeds);
}
