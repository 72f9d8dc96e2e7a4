namespace Stillwatch.Evidence.Dossiers;

/// <summary>One thing that was checked of a dossier.</summary>
/// <param name="What">What, in words.</param>
/// <param name="Faults">What is wrong, a sentence each; empty if it holds.</param>
public sealed record DossierCheck(string What, IReadOnlyList<string> Faults)
{
    /// <summary>Whether it holds.</summary>
    public bool Holds => Faults.Count == 0;
}
