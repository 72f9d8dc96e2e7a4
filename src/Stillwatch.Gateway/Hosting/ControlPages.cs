using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Gateway.Policies.Switches;

namespace Stillwatch.Gateway.Hosting;

/// <summary>How quotas and switches stand, for the administration listener and the command line.</summary>
internal static class ControlPages
{
    private const int MaxCounts = 10_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The counts of limits of which anything is used.</summary>
    public static string Quotas(GatewayControls controls)
    {
        var counts = new JsonArray();
        foreach (var count in controls.Ledger?.Counts(MaxCounts) ?? [])
        {
            counts.Add(new JsonObject
            {
                ["limit"] = count.Limit.Name,
                ["measure"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(count.Limit.Measure.ToString()),
                ["for"] = count.Scope,
                ["windowSeconds"] = count.Limit.Window?.TotalSeconds,
                ["cap"] = count.Limit.Cap,
                ["held"] = count.Held,
                ["spent"] = count.Spent,
            });
        }

        return new JsonObject { ["counts"] = counts }.ToJsonString(Indented);
    }

    /// <summary>The switches that are not off, and what those that are proposed would have stopped.</summary>
    public static string Switches(GatewayControls controls)
    {
        var switches = new JsonArray();
        foreach (var state in controls.Switches?.Active ?? [])
        {
            switches.Add(new JsonObject
            {
                ["switch"] = state.Scope.Subject[SwitchScope.Prefix.Length..],
                ["phase"] = JsonNamingPolicy.CamelCase.ConvertName(state.Phase.ToString()),
                ["proposer"] = state.Proposer,
                ["until"] = state.Until,
                ["wouldStop"] = controls.Switches!.WouldStop(state.Scope),
            });
        }

        return new JsonObject { ["underWay"] = controls.Switches?.UnderWay, ["switches"] = switches }.ToJsonString(Indented);
    }
}
