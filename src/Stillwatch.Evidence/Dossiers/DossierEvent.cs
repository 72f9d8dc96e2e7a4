using System.Globalization;
using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>One line of a dossier's timeline.</summary>
/// <param name="At">When, by the clock of whoever wrote it down.</param>
/// <param name="What">What happened.</param>
/// <param name="By">Who did it; null if that is not told.</param>
/// <param name="Entry">The entry of the log that records it; null for what the findings tell.</param>
public sealed record DossierEvent(DateTimeOffset At, string What, string? By, ulong? Entry)
{
    /// <summary>The time in UTC.</summary>
    public string Time => At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The line as an object.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["at"] = Time, ["what"] = What };
        if (By is not null)
        {
            json["by"] = By;
        }

        if (Entry is { } entry)
        {
            json["entry"] = entry;
        }

        return json;
    }
}
