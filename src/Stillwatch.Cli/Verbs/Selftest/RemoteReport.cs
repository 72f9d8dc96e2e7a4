namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>What attacks on a running API got.</summary>
/// <param name="Target">The API.</param>
/// <param name="Alternatives">How many alternatives it shows of a token; 0 where it gives no probabilities.</param>
/// <param name="Forced">Tokens that bias makes it say.</param>
/// <param name="Trials">The attacks.</param>
/// <param name="Disagreement">
/// Root mean square, in nats, by which the attacks differ on the same logits: what noise there is. Null where not both read any.
/// </param>
internal sealed record RemoteReport(
    RemoteTarget Target, int Alternatives, int Forced, IReadOnlyList<ExtractionTrial> Trials, double? Disagreement)
{
    /// <summary>What is not stopped, a sentence each.</summary>
    public IEnumerable<string> Failures => Trials.Where(static trial => trial.Succeeds)
        .Select(trial => $"{Target.Address} does not stop the attack by {trial.Attack}.");
}
