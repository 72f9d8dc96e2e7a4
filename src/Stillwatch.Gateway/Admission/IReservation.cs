using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Admission;

/// <summary>What was set aside for one request. Used by one thread at a time.</summary>
public interface IReservation
{
    /// <summary>
    /// Asked before each event of a stream is forwarded: whether the reservation covers the reply up to and including it. Hot path.
    /// </summary>
    /// <returns>Null to go on; otherwise the event is held back and the stream ends with what the client is told.</returns>
    Refusal? Cover(in ReplyProgress progress);

    /// <summary>Whether <see cref="Cover"/> may ever end a stream for what it used.</summary>
    bool MayCut => false;

    /// <summary>Cancelled when the exchange has to end, also where nothing is being forwarded.</summary>
    CancellationToken Ended => CancellationToken.None;

    /// <summary>What the client is told of an exchange that <see cref="Ended"/>; null while it has not.</summary>
    Refusal? EndedBy => null;

    /// <summary>What is to be noted of decisions about it, once it has ended; null for nothing.</summary>
    DecisionNote? Note => null;

    /// <summary>Adds headers to the reply (rate limits), before it begins.</summary>
    void WriteHeaders(IHeaderDictionary headers, Dialect dialect);

    /// <summary>Gives back what was not used. Called exactly once, whatever happened.</summary>
    void Settle(in ReplySummary reply);
}
