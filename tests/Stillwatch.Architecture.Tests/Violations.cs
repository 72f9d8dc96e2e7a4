namespace Stillwatch.Architecture.Tests;

/// <summary>What a rule found.</summary>
internal static class Violations
{
    /// <summary>Fails with every violation on a line of its own.</summary>
    public static void AssertNone(IEnumerable<string> violations)
    {
        var found = violations.ToList();
        Assert.True(found.Count == 0, $"{found.Count} violations:\n{string.Join('\n', found)}");
    }
}
