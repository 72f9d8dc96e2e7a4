using System.Globalization;
using System.Text.Json.Nodes;

namespace Stillwatch.Provenance.Reports;

/// <summary>That a log bound to a key or a book, and when.</summary>
/// <param name="Subject">What the entry is about, such as <c>mark/ID</c>.</param>
/// <param name="Commitment">What it binds to.</param>
/// <param name="Log">The log's name.</param>
/// <param name="Entry">Which entry.</param>
/// <param name="Size">Entries under the checkpoint that shows it.</param>
/// <param name="At">When it was made, by its writer's clock.</param>
/// <param name="StampedAt">When a timestamp authority signed a checkpoint that covers it; null if none did.</param>
public sealed record Precommitment(
    string Subject, string Commitment, string Log, ulong Entry, ulong Size, DateTimeOffset At, DateTimeOffset? StampedAt)
{
    /// <summary>Whether it was made before outputs were received, by some clock.</summary>
    public bool IsBefore(DateTimeOffset? firstOutput) => firstOutput is { } first && (StampedAt < first || At < first);

    /// <summary>As a report holds it, with what follows for outputs first received at a time.</summary>
    public JsonObject ToJson(DateTimeOffset? firstOutput) => new()
    {
        ["subject"] = Subject,
        ["commitment"] = Commitment,
        ["log"] = Log,
        ["entry"] = Entry,
        ["size"] = Size,
        ["at"] = Time(At),
        ["stampedAt"] = StampedAt is { } stamped ? Time(stamped) : null,
        ["order"] = OrderOf(firstOutput),
    };

    /// <summary>A time as reports write it.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string OrderOf(DateTimeOffset? firstOutput) => firstOutput switch
    {
        null => "unknown: the outputs do not tell when they were received",
        { } first when StampedAt < first => "before the first output, by the timestamp authority",
        { } first when At < first => "before the first output, by the clocks of who wrote the entry and of who received the outputs",
        _ => "not before the first output",
    };
}
