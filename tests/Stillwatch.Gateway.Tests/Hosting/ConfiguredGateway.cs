using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Hosting;

namespace Stillwatch.Gateway.Tests.Hosting;

/// <summary>A gateway as its configuration file says.</summary>
internal static class ConfiguredGateway
{
    /// <summary>Starts it; the file must be without fault.</summary>
    public static async Task<GatewayHost> StartAsync(string path, CancellationToken cancellation)
    {
        var (options, faults, _) = ConfigurationFile.Read(path);
        Assert.Empty(faults);
        return await GatewayHost.StartAsync(options!, new(), path, cancellation);
    }

    /// <summary>Stops it, if it runs.</summary>
    public static async Task StopAsync(GatewayHost? host)
    {
        if (host is not null)
        {
            await host.StopAsync();
            await host.DisposeAsync();
        }
    }
}
