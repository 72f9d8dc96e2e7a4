namespace Stillwatch.Tests.Interactions;

/// <summary>Lets a record that is one line stand in a test as several.</summary>
internal static class OneLine
{
    /// <summary>The lines without their blanks at the start, one after the other.</summary>
    public static string Of(string lines) => string.Concat(lines.Split('\n').Select(static line => line.TrimStart()));
}
