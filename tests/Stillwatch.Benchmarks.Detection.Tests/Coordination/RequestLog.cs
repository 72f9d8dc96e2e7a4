using System.Text;
using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Interactions;

namespace Stillwatch.Benchmarks.Detection.Tests.Coordination;

/// <summary>Interactions in memory, a few words each.</summary>
internal sealed class RequestLog
{
    private readonly List<Interaction> _interactions = [];

    /// <summary>Adds a request.</summary>
    public RequestLog Add(
        string account, double seconds, string prompt, string address = "192.0.2.1", string? agent = null, string model = "m")
    {
        Assert.True(ClientAddress.TryParse(Encoding.UTF8.GetBytes(address), out var parsed));
        _interactions.Add(new()
        {
            ObservedAtMs = (long)(seconds * 1000),
            Account = new(account),
            Model = model,
            Client = new(parsed, 64500, "DE", agent, null),
            Request = new() { Messages = [new("user", Encoding.UTF8.GetBytes(prompt))] },
            Usage = new(100, 50, 0),
        });
        return this;
    }

    /// <summary>The table of all requests.</summary>
    public InteractionTable Table() => InteractionTableReader.Read(_interactions);
}
