using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillwatch.Store.Engine;

/// <summary>
/// ClickHouse's text of an error, read into what a program and a person need. Forms: <c>Code: 60. DB::Exception: …. (UNKNOWN_TABLE)</c>
/// and, in 18.16, <c>Code: 60, e.displayText() = DB::Exception: …, e.what() = DB::Exception</c>.
/// </summary>
internal static partial class ServerError
{
    private const int LongestMessage = 600;

    /// <summary>The exception to throw for an error of a statement.</summary>
    internal static Exception Of(string text, string statement)
    {
        var (code, message) = Parse(text);
        return IsDiskFull(code, message)
            ? new StoreUnavailableException($"The disk of the store is full: {message}.") { OutcomeUnknown = true }
            : new ClickHouseException(code, message, statement);
    }

    /// <summary>Code and message; the code is 0 where the text names none.</summary>
    internal static (int Code, string Message) Parse(string text)
    {
        var match = Form().Match(text);
        var code = match.Success && int.TryParse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var message = (match.Success ? match.Groups["message"].Value : text).Trim().TrimEnd('.');
        message = message.Length > LongestMessage ? message[..LongestMessage] + "…" : message;
        return (code, message.Length == 0 ? "ClickHouse gave no reason" : message);
    }

    private static bool IsDiskFull(int code, string message) =>
        code == ClickHouseException.NotEnoughSpace || message.Contains("No space left on device", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\A\s*Code: (?<code>[0-9]+)[.,] (?:e\.displayText\(\) = )?(?:DB::Exception: )?(?<message>.*?)" +
        @"(?:, e\.what\(\) = .*|\s*\(version .*)?\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
