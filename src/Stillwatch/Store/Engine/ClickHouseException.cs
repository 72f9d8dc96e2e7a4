namespace Stillwatch.Store.Engine;

/// <summary>ClickHouse refused a statement or failed while it ran. An insert of one block had no effect then.</summary>
public sealed class ClickHouseException : Exception
{
    /// <summary>Code of a memory limit that was exceeded (MEMORY_LIMIT_EXCEEDED).</summary>
    public const int MemoryLimitExceeded = 241;

    /// <summary>Code of a table that does not exist (UNKNOWN_TABLE).</summary>
    public const int UnknownTable = 60;

    /// <summary>Code of a database that does not exist (UNKNOWN_DATABASE).</summary>
    public const int UnknownDatabase = 81;

    /// <summary>Code of a query that was cancelled (QUERY_WAS_CANCELLED).</summary>
    public const int QueryWasCancelled = 394;

    internal const int AuthenticationFailed = 516;
    internal const int NotEnoughSpace = 243;
    internal const int RequiredPassword = 194;
    internal const int UnknownUser = 192;
    internal const int WrongPassword = 193;

    private const int LongestStatement = 300;

    internal ClickHouseException(int code, string message, string statement)
        : base($"{message} (code {code}, in: {Shorten(statement)})") => Code = code;

    /// <summary>The number ClickHouse gives the error (system.errors); 0 if the answer names none.</summary>
    public int Code { get; }

    private static string Shorten(string statement)
    {
        var line = statement.ReplaceLineEndings(" ").Trim();
        return line.Length <= LongestStatement ? line : string.Concat(line.AsSpan(0, LongestStatement), "…");
    }
}
