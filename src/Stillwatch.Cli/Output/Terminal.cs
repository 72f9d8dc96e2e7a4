using Spectre.Console;

namespace Stillwatch.Cli.Output;

/// <summary>
/// Standard output for results, standard error for everything else. Colours and bars appear only on a terminal; NO_COLOR (if not
/// empty) turns colours off there too (no-color.org).
/// </summary>
internal sealed class Terminal
{
    /// <summary>Columns of a table that does not go to a terminal: wide enough for a sentence, narrow enough for a diff.</summary>
    private const int FileWidth = 140;

    private readonly IAnsiConsole _errors;

    private Terminal(IAnsiConsole errors) => _errors = errors;

    /// <summary>Whether bars can be drawn: standard error is a terminal that obeys control sequences.</summary>
    private bool DrawsBars => !Console.IsErrorRedirected && _errors.Profile.Capabilities.Ansi;

    /// <summary>The streams of this process.</summary>
    public static Terminal OfProcess() => new(CreateConsole(new AnsiConsoleOutput(Console.Error), Console.IsErrorRedirected));

    /// <summary>Tells something worth knowing.</summary>
    public void Note(string text) => Write(text, "grey");

    /// <summary>Tells something that may make the result less than it should be.</summary>
    public void Warn(string text) => Write($"warning: {text}", "yellow");

    /// <summary>Tells what ended the verb.</summary>
    public void Fault(string text) => Write(text, "red");

    /// <summary>Shows the cursor again that a bar has hidden; for a process that ends without unwinding.</summary>
    public void Restore()
    {
        if (DrawsBars)
        {
            _errors.Cursor.Show();
        }
    }

    /// <summary>Runs a piece of work with progress on standard error.</summary>
    public async Task<T> WithProgressAsync<T>(Func<IWorkDisplay, Task<T>> work)
    {
        if (!DrawsBars)
        {
            var lines = new LineDisplay(Note, TimeProvider.System);
            var result = await work(lines);
            lines.End();
            return result;
        }

        return await _errors.Progress().Columns(BarDisplay.Columns).StartAsync(async context =>
        {
            var bars = new BarDisplay(context);
            var result = await work(bars);
            bars.End();
            return result;
        });
    }

    /// <summary>Writes a report for people; see <see cref="ResultTarget"/> for the path.</summary>
    public static Task WriteReportAsync(string? path, Action<IAnsiConsole> render, CancellationToken cancellation) =>
        ResultTarget.WriteAsync(path, async (stream, token) =>
        {
            var redirected = path is not (null or "-") || Console.IsOutputRedirected;
            await using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            var width = redirected ? FileWidth : Math.Clamp(Console.WindowWidth, 40, 400);
            render(CreateConsole(new ReportOutput(writer, width, !redirected), redirected));
            await writer.FlushAsync(token);
        }, cancellation);

    private static IAnsiConsole CreateConsole(IAnsiConsoleOutput output, bool redirected)
    {
        var plain = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = output,
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Yes,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
    }

    private void Write(string text, string style)
    {
        var line = string.Join('\n', text.Split('\n').Select(Printable.Clean));
        if (Console.IsErrorRedirected)
        {
            // Not through the table library, which would break long lines.
            Console.Error.WriteLine($"stillwatch: {line}");
        }
        else
        {
            _errors.MarkupLineInterpolated($"[{style}]stillwatch:[/] {line}");
        }
    }
}
