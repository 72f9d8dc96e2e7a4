using System.Globalization;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

/// <summary>How a process that has the embedded engine open lives and dies. Each test is about a child process.</summary>
[Collection(EngineCollection.Name)]
public sealed class EmbeddedProcessTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("stillwatch-store-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task NullReference_AfterConnecting_IsStillAnException()
    {
        var (status, output, errors) = await EndOf(EngineChild.CatchFaults);
        Assert.True(status == 0, $"{status}: {output}{errors}");
        Assert.Equal(
            ["NullReferenceException", "DivideByZeroException", "NullReferenceException", "DivideByZeroException"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task GarbageCollection_AfterConnecting_StopsALoop()
    {
        var (status, output, errors) = await EndOf(EngineChild.CollectGarbage);
        Assert.True(status == 0, $"{status}: {output}{errors}");
        Assert.Equal("collected", output.Trim());
    }

    [Fact]
    public async Task Process_ThatNeverCloses_EndsWithItsStatus()
    {
        var (status, output, errors) = await EndOf(EngineChild.LeaveOpen);
        Assert.True(status == 0, $"{status}: {output}{errors}");
        Assert.Equal(EngineChild.Ready, output.Trim());
        Assert.Equal(1000UL, await CountAsync(Sql.Of("SELECT count() FROM left")));
    }

    [Fact]
    public async Task Process_ThatExitsWhileAQueryRuns_EndsWithItsStatus()
    {
        var (status, output, errors) = await EndOf(EngineChild.ExitWhileQuerying);
        Assert.True(status == 7, $"{status}: {output}{errors}");
    }

    [Fact]
    public async Task UnhandledException_IsReportedByDotNet()
    {
        var (status, _, errors) = await EndOf(EngineChild.Throw);
        Assert.Equal(ChildProcess.Aborted, status);
        Assert.Contains("System.IO.InvalidDataException: planted", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EngineChild.Wait, "TERM", ChildProcess.Terminated)]
    [InlineData(EngineChild.Wait, "INT", ChildProcess.Interrupted)]
    [InlineData(EngineChild.Wait, "KILL", ChildProcess.Killed)]
    [InlineData(EngineChild.WaitWhileQuerying, "TERM", ChildProcess.Terminated)]
    [InlineData(EngineChild.WaitWhileQuerying, "INT", ChildProcess.Interrupted)]
    [InlineData(EngineChild.WaitWhileQuerying, "KILL", ChildProcess.Killed)]
    public async Task Signal_EndsTheProcessAndNotTheStore(string scenario, string signal, int expected)
    {
        await using var child = ChildProcess.Start(EngineChild.Verb, scenario, _directory);
        await child.WaitForLineAsync(EngineChild.Ready);
        await child.SignalAsync(signal);
        var (status, output, errors) = await child.EndAsync();
        Assert.True(status == expected, $"{status}: {output}{errors}");
        Assert.Equal(1000UL, await CountAsync(Sql.Of("SELECT count() FROM kept")));
    }

    [Fact]
    public async Task Directory_OpenInAnotherProcess_IsRefusedWithThatProcess()
    {
        await using var engine = await ClickHouse.OpenAsync(_directory, null, Token);
        var (status, output, errors) = await EndOf(EngineChild.TryOpen);
        Assert.Equal(3, status);
        var owner = string.Create(CultureInfo.InvariantCulture, $"is in use by process {Environment.ProcessId};");
        Assert.Contains(owner, output, StringComparison.Ordinal);
        Assert.Equal("", errors);
    }

    [Fact]
    public async Task Directory_ClosedHere_OpensInAnotherProcess()
    {
        await using (await ClickHouse.OpenAsync(_directory, null, Token))
        {
        }

        var (status, output, errors) = await EndOf(EngineChild.TryOpen);
        Assert.True(status == 0, $"{status}: {output}{errors}");
    }

    private async Task<(int Status, string Output, string Errors)> EndOf(string scenario)
    {
        await using var child = ChildProcess.Start(EngineChild.Verb, scenario, _directory);
        return await child.EndAsync();
    }

    private async Task<ulong> CountAsync(Sql query)
    {
        await using var engine = await ClickHouse.OpenAsync(_directory, null, Token);
        await using var rows = await engine.QueryAsync(query, null, Token);
        Assert.True(rows.Read());
        return rows.UInt64();
    }
}
