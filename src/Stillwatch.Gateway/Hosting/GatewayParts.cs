using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stillwatch.Gateway.Admission;

namespace Stillwatch.Gateway.Hosting;

/// <summary>What a gateway is put together from beside its configuration.</summary>
public sealed class GatewayParts
{
    /// <summary>Decides whether a request may be made; null for the policies of the configuration.</summary>
    public IAccessPolicy? Policy { get; init; }

    /// <summary>Sets aside what a request may come to use; null for the limits and switches of the configuration.</summary>
    public IReservations? Reservations { get; init; }

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the gateway logs.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
