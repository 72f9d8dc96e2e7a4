namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>A suspect's API gave no answer.</summary>
internal sealed class SuspectApiException(string message, bool endsAll) : Exception(message)
{
    /// <summary>Whether other questions will fare no better: the key or the address is refused.</summary>
    public bool EndsAll => endsAll;
}
