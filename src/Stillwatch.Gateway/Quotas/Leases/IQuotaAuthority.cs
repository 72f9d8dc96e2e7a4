namespace Stillwatch.Gateway.Quotas.Leases;

/// <summary>Lends slices of budget to nodes, so that all of them together stay within the caps.</summary>
/// <remarks>
/// A call may fail, be delayed, be lost after it took effect, or arrive after a later one: a node that gets no reply says everything anew
/// in its next message, and the authority drops what is older than what it knows.
/// </remarks>
public interface IQuotaAuthority
{
    /// <summary>Takes account of what a node spent and gives back, and lends it more.</summary>
    /// <exception cref="IOException">The authority cannot be reached; whether the message took effect is unknown.</exception>
    Task<LeaseReply> RenewAsync(LeaseRequest request, CancellationToken cancellationToken);
}
