namespace Stillwatch.Cli.Tests.Output;

/// <summary>The command line at a real (pseudo) terminal, which util-linux's script provides.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";
    private const string AnyColour = "\u001b[38;5;";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-terminal-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Progress_AtATerminal_IsABarThatGivesTheCursorBack()
    {
        var output = await AtTerminalAsync("env --unset=NO_COLOR TERM=xterm-256color");
        Assert.Contains(HideCursor, output, StringComparison.Ordinal);
        Assert.True(output.LastIndexOf(ShowCursor, StringComparison.Ordinal) > output.LastIndexOf(HideCursor, StringComparison.Ordinal));
        Assert.Contains(AnyColour, output, StringComparison.Ordinal);
        Assert.Contains("simulating, interactions", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_WithNoColor_HasNoColour()
    {
        var output = await AtTerminalAsync("TERM=xterm-256color NO_COLOR=1");
        Assert.Contains(HideCursor, output, StringComparison.Ordinal);
        Assert.DoesNotContain(AnyColour, output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[31m", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_AtADumbTerminal_IsLines()
    {
        var output = await AtTerminalAsync("TERM=dumb");
        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("stillwatch: simulating ...", output, StringComparison.Ordinal);
    }

    private async Task<string> AtTerminalAsync(string environment)
    {
        if (!File.Exists("/usr/bin/script"))
        {
            Assert.Skip("There is no /usr/bin/script (util-linux), which makes a terminal.");
        }

        var (status, output, errors) = await CommandLineRun.FinishShellAsync(
            $"{environment} script -qec \"stty cols 100; $stillwatch simulate --scenario smoke --out log\" /dev/null < /dev/null",
            _directory.FullName);
        Assert.True(status == 0, errors);
        return output;
    }
}
