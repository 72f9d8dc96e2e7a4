using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Observation;

/// <summary>A request of which more is recorded once it has ended.</summary>
internal sealed class ObservedRequest(ObservedLog log, ObserveOptions options, AdmittedRequest request, ReadOnlyMemory<byte> body)
{
    /// <summary>Whether the reply's text is kept.</summary>
    public bool KeepsReply => options.Content.Response is ContentTreatment.Full;

    /// <summary>Records it.</summary>
    public void Settle(in ReplySummary reply, ReadOnlySpan<byte> text) =>
        log.Write(options, request, body.Span, reply, KeepsReply ? text : default);
}
