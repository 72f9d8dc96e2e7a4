namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>What all tests said of one group that a hunt examined. Values are decimal logarithms of e-values.</summary>
/// <param name="Side">The side on which the group was found: template or infrastructure.</param>
/// <param name="MainClass">The class of benign accounts that most of its labelled members are of; "mixed" if there is none.</param>
/// <param name="Members">Its accounts.</param>
/// <param name="Content">Of the gate: the weaker of its two tests.</param>
/// <param name="Corroboration">Of all other sides together, also where the hunt did not look any further.</param>
/// <param name="Combined">What the hunt used: content alone where that speaks against divided work, else content and corroboration.</param>
/// <param name="Readings">Test by test; a code comes once for each release of a model, else at most once.</param>
internal sealed record GroupReading(
    string Side, string MainClass, int Members, double Content, double Corroboration, double Combined,
    IReadOnlyList<EvidenceReading> Readings)
{
    /// <summary>Whether the hunt ran all tests: content does not speak against divided work.</summary>
    public bool IsPursued => Content > 0;
}
