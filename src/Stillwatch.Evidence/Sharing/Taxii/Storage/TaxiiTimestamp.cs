using System.Globalization;

namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>Times that a server gives: RFC 3339 in UTC with exactly microseconds, as TAXII 2.1, 1.6.6 has them.</summary>
internal static class TaxiiTimestamp
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time without what is finer than a microsecond.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
