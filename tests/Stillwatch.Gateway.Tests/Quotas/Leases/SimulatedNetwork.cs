using Stillwatch.Gateway.Quotas.Leases;

namespace Stillwatch.Gateway.Tests.Quotas.Leases;

/// <summary>
/// What lies between a node and the authority: loses messages and replies, delivers late, out of order and twice, or not at all.
/// </summary>
internal sealed class SimulatedNetwork(Random random, Func<IQuotaAuthority> authority) : IQuotaAuthority
{
    private readonly List<LeaseRequest> _late = [];

    public bool IsPartitioned { get; set; }

    /// <summary>Whether it delivers everything once and at once.</summary>
    public bool IsPerfect { get; set; }

    public int Delivered { get; private set; }

    public async Task<LeaseReply> RenewAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        var fate = IsPerfect ? 9 : random.Next(10);
        if (IsPartitioned || fate == 0)
        {
            throw new IOException("The message is lost.");
        }

        if (fate == 1)
        {
            _late.Add(request);
            throw new IOException("The message is late.");
        }

        if (fate == 2)
        {
            await DeliverAsync(request);
        }

        var reply = await DeliverAsync(request);
        return fate == 3 ? throw new IOException("The reply is lost.") : reply;
    }

    /// <summary>Delivers what is late, in any order; the replies find nobody who waits.</summary>
    public async Task DeliverLateAsync()
    {
        while (_late.Count > 0 && random.Next(3) > 0)
        {
            var at = random.Next(_late.Count);
            var request = _late[at];
            _late.RemoveAt(at);
            await DeliverAsync(request);
        }
    }

    private Task<LeaseReply> DeliverAsync(LeaseRequest request)
    {
        Delivered++;
        return authority().RenewAsync(request, CancellationToken.None);
    }
}
