using System.Text.Json.Nodes;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>One campaign of a world, as scenario files tell it.</summary>
/// <param name="Id">Its name in the truth.</param>
/// <param name="Family">Which family of the generator it is of.</param>
/// <param name="Accounts">Accounts at a time.</param>
/// <param name="Exchanges">Exchanges that serve it, all accounts together.</param>
/// <param name="Options">What differs from the family, by the names of scenario files.</param>
internal sealed record WorldCampaign(string Id, string Family, int Accounts, int Exchanges, JsonObject Options)
{
    /// <summary>The day of the world on which it begins, 0 being the first.</summary>
    public double StartDay { get; init; }
}
