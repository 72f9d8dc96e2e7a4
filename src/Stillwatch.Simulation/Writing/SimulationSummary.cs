using System.Text.Json;
using Stillwatch.Evaluation;

namespace Stillwatch.Simulation.Writing;

/// <summary>Counts by class and campaign, known from the plan.</summary>
internal static class SimulationSummary
{
    public static void Write(SimulatedTraffic traffic, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        var labels = traffic.Truth().ToArray();
        json.WriteStartObject();
        json.WriteString("scenario", traffic.Scenario.Name);
        json.WriteNumber("seed", traffic.Options.Seed);
        json.WriteString("from", traffic.Scenario.Start);
        json.WriteString("to", traffic.Scenario.Start.AddDays(traffic.Scenario.Days));
        json.WriteNumber("interactions", traffic.InteractionCount);
        json.WriteNumber("campaign_interactions", labels.Sum(label => label.CampaignInteractions ?? 0));
        json.WriteNumber("accounts", traffic.AccountCount);
        Write(json, "classes", labels.Where(label => label.Campaign is null).GroupBy(label => label.Class!));
        Write(json, "campaigns", labels.Where(label => label.Campaign is not null).GroupBy(label => label.Campaign!));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<IGrouping<string, AccountTruth>> groups)
    {
        json.WriteStartObject(name);
        foreach (var group in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var volumes = group.Select(label => label.Interactions ?? 0).Order().ToArray();
            json.WriteStartObject(group.Key);
            json.WriteNumber("accounts", volumes.Length);
            json.WriteNumber("interactions", volumes.Sum());
            json.WriteNumber("median", volumes[volumes.Length / 2]);
            json.WriteNumber("p90", volumes[volumes.Length * 9 / 10]);
            json.WriteNumber("largest", volumes[^1]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
