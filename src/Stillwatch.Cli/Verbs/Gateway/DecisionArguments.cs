using System.CommandLine;
using System.Globalization;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Options that mean the same with every verb that puts a person's decision into the log.</summary>
internal static class DecisionArguments
{
    private const string OperatorVariable = "STILLWATCH_OPERATOR";

    public static Option<string?> Operator() => new("--operator")
    {
        HelpName = "PSEUDONYM",
        Description = $"Who decides; without it, {OperatorVariable}. It stands in the log as it is, for good: give no real name.",
    };

    public static Option<DateTimeOffset?> Until(string what) => new("--until")
    {
        HelpName = "TIME",
        Description = $"{what} As 2027-01-31 or 2027-01-31T12:00:00Z.",
        CustomParser = static result => TimeOf(result),
    };

    /// <summary>The person who decides.</summary>
    public static string ReadOperator(string? named) =>
        (named ?? Environment.GetEnvironmentVariable(OperatorVariable))?.Trim() is { Length: > 0 and <= 128 } name
        ? name
        : throw new UnusableException($"say who decides: --operator PSEUDONYM, or {OperatorVariable}.");

    /// <summary>A time on the command line.</summary>
    public static DateTimeOffset? TimeOf(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        result.AddError($"'{text}' is no time; write it as 2027-01-31 or 2027-01-31T12:00:00Z.");
        return null;
    }
}
