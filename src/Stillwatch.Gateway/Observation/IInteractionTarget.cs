namespace Stillwatch.Gateway.Observation;

/// <summary>Where the spool is emptied to.</summary>
internal interface IInteractionTarget : IAsyncDisposable
{
    /// <summary>Stores interactions for good; those that it has already may be left out.</summary>
    /// <param name="lines">Interactions in the native format, one a line.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many were not understood; they are kept beside the target.</returns>
    /// <exception cref="Exception">The target is away: the same interactions come again later.</exception>
    Task<long> StoreAsync(ReadOnlyMemory<byte> lines, int count, CancellationToken cancellationToken);
}
