namespace Stillwatch.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Version_Always_NamesTheProgramAndTheRuntime()
    {
        var (status, output, errors) = await CommandLineRun.FinishAsync("version");
        Assert.Equal(0, status);
        Assert.StartsWith("stillwatch 0.", output, StringComparison.Ordinal);
        Assert.Contains(".NET 10.", output, StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Help_OfTheProgram_ListsTheVerbs()
    {
        var (status, output, errors) = await CommandLineRun.FinishAsync("--help");
        Assert.Equal(0, status);
        Assert.Contains("Usage:\n  stillwatch [command] [options]", output, StringComparison.Ordinal);
        Assert.Contains("version", output, StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("a verb is needed")]
    [InlineData("'hnut' is no verb; the verbs are", "hnut")]
    [InlineData("'--nope'", "version", "--nope")]
    [InlineData("'@file'", "version", "@file")]
    public async Task Arguments_ThatCannotBeUsed_GiveOneSentenceAndStatus2(string sentence, params string[] arguments)
    {
        var (status, output, errors) = await CommandLineRun.FinishAsync(arguments);
        Assert.Equal(2, status);
        Assert.Empty(output);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.All(errors.TrimEnd().Split('\n'), line => Assert.StartsWith("stillwatch: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task StandardOutput_OnAFullDisk_GivesOneSentenceAndStatus1()
    {
        var (status, _, errors) = await CommandLineRun.FinishShellAsync("$stillwatch version > /dev/full");
        Assert.Equal(1, status);
        Assert.Equal("stillwatch: The disk is full: No space left on device\n", errors);
    }

    [Fact]
    public async Task StandardOutput_ClosedByItsReader_IsNoFailure()
    {
        var (status, _, errors) = await CommandLineRun.FinishShellAsync("$stillwatch version | true; exit ${PIPESTATUS[0]}");
        Assert.Equal(0, status);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Debug_OnAFailure_ShowsWhereItArose()
    {
        var (_, _, errors) = await CommandLineRun.FinishShellAsync("$stillwatch version --debug > /dev/full");
        Assert.Contains("   at Stillwatch.Cli.", errors, StringComparison.Ordinal);
    }
}
