using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stillwatch.Gateway.Admission;

namespace Stillwatch.Gateway.Hosting;

/// <summary>What a gateway is put together from. The defaults admit whatever keys allow, and meter nothing.</summary>
public sealed class GatewayParts
{
    /// <summary>Decides whether a request may be made.</summary>
    public IAccessPolicy Policy { get; init; } = new OpenAccess();

    /// <summary>Sets aside what a request may come to use.</summary>
    public IReservations Reservations { get; init; } = new Unmetered();

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the gateway logs.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;
}
