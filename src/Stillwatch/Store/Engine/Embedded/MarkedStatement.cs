using System.Globalization;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// A statement with a comment in front that no other statement of this process has: libchdb lets nobody choose a statement's id, and
/// stopping one needs a name.
/// </summary>
/// <param name="Statement">The statement.</param>
/// <param name="Marker">The comment; empty for a statement that nobody stops.</param>
internal readonly record struct MarkedStatement(string Statement, string Marker = "")
{
    /// <summary>What every marker begins with.</summary>
    internal const string AnyMarker = "/*stillwatch:";

    private static long _marked;

    /// <summary>What the engine is given.</summary>
    internal string Text => Marker.Length == 0 ? Statement : $"{Marker} {Statement}";

    internal static MarkedStatement Mark(string statement) =>
        new(statement, string.Create(CultureInfo.InvariantCulture, $"{AnyMarker}{Interlocked.Increment(ref _marked)}*/"));
}
