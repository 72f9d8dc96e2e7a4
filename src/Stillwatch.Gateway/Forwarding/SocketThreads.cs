using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>
/// Requests are handled on the threads that wait for the sockets, as in an event loop: handing each step to the thread pool costs more
/// than forwarding does.
/// </summary>
/// <remarks>
/// Such a thread serves many connections, so nothing may hold it: nothing waits on it, and whatever reads more than
/// <see cref="MaxInlineBytes"/> of content moves to the thread pool first (<see cref="LeaveAsync(int)"/>). What stays are parts of a
/// spool, a write each, which all requests wait for in any case.
/// </remarks>
public static class SocketThreads
{
    /// <summary>The most content that is read on such a thread, some 100 microseconds.</summary>
    internal const int MaxInlineBytes = 32 << 10;

    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>
    /// Has the runtime handle what comes from sockets where it waited for it, unless the environment says otherwise. For the whole
    /// process, and before its first socket: later it has no effect.
    /// </summary>
    public static void UseForAllSockets()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(InlineCompletions)))
        {
            Environment.SetEnvironmentVariable(InlineCompletions, "1");
        }
    }

    /// <summary>Has the server handle requests there.</summary>
    public static void Configure(SocketTransportOptions transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        transport.UnsafePreferInlineScheduling = true;
    }

    /// <summary>Moves to the thread pool if so much content is to be read.</summary>
    internal static ValueTask LeaveAsync(int bytes) => bytes <= MaxInlineBytes ? ValueTask.CompletedTask : new(YieldAsync());

    private static async Task YieldAsync() => await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
}
