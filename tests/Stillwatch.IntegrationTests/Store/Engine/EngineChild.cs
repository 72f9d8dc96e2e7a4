using System.Diagnostics;
using Stillwatch.Store.Engine;

namespace Stillwatch.IntegrationTests.Store.Engine;

/// <summary>What the tests of the embedded engine do in a process of its own. Each scenario prints what it reached, line by line.</summary>
internal static class EngineChild
{
    internal const string Verb = "engine-child";
    internal const string Ready = "ready";

    internal const string CatchFaults = "catch-faults";
    internal const string CollectGarbage = "collect-garbage";
    internal const string LeaveOpen = "leave-open";
    internal const string ExitWhileQuerying = "exit-while-querying";
    internal const string Throw = "throw";
    internal const string Wait = "wait";
    internal const string WaitWhileQuerying = "wait-while-querying";
    internal const string TryOpen = "try-open";

    private static readonly Sql CountEndless =
        Sql.Of("SELECT count() FROM system.processes WHERE query LIKE '%sipHash64(number) = 1'");

    private static readonly Sql Endless = Sql.Of("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1");

    internal static Task<int> RunAsync(string scenario, string directory) => scenario switch
    {
        CatchFaults => CatchFaultsAsync(directory),
        CollectGarbage => CollectGarbageAsync(directory),
        LeaveOpen => LeaveOpenAsync(directory),
        ExitWhileQuerying => ExitWhileQueryingAsync(directory),
        Throw => ThrowAsync(directory),
        Wait => WaitAsync(directory, querying: false),
        WaitWhileQuerying => WaitAsync(directory, querying: true),
        TryOpen => TryOpenAsync(directory),
        _ => throw new ArgumentException($"No scenario '{scenario}'.", nameof(scenario)),
    };

    /// <summary>A null reference and a division by zero stay exceptions, after each of several connects.</summary>
    private static async Task<int> CatchFaultsAsync(string directory)
    {
        for (var i = 0; i < 2; i++)
        {
            await using var engine = await ClickHouse.OpenAsync(directory);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => engine.ExecuteAsync(Sql.Of("SELECT sum(number) FROM numbers(1000000)"))));
            Fault<NullReferenceException>(static () => Length(null).ToString());
            Fault<DivideByZeroException>(static () => Quotient(i: 1, j: 0).ToString());
        }

        return 0;
    }

    /// <summary>.NET stops a thread that runs in a loop without calls by a signal; a collection waits for it.</summary>
    private static async Task<int> CollectGarbageAsync(string directory)
    {
        await using var engine = await ClickHouse.OpenAsync(directory);
        var spinning = new Thread(Spin) { IsBackground = true };
        spinning.Start();
        var collected = Task.Run(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                GC.Collect();
            }
        });
        var first = await Task.WhenAny(collected, Task.Delay(TimeSpan.FromSeconds(20)));
        Console.WriteLine(first == collected ? "collected" : "stuck");
        return 0;
    }

    private static async Task<int> LeaveOpenAsync(string directory)
    {
        var engine = await ClickHouse.OpenAsync(directory);
        await engine.ExecuteAsync(Sql.Of("CREATE TABLE IF NOT EXISTS left (n UInt64) ENGINE = MergeTree ORDER BY n"));
        await engine.ExecuteAsync(Sql.Of("INSERT INTO left SELECT number FROM numbers(1000)"));
        var rows = await engine.QueryAsync(Sql.Of("SELECT number FROM numbers(10000000)"));
        Console.WriteLine(rows.Read() ? Ready : "empty");
        return 0;
    }

    private static async Task<int> ExitWhileQueryingAsync(string directory)
    {
        var engine = await ClickHouse.OpenAsync(directory);
        _ = StartEndless(engine);
        await UntilItRunsAsync(engine);
        Environment.Exit(7);
        return 0;
    }

    private static async Task<int> ThrowAsync(string directory)
    {
        var engine = await ClickHouse.OpenAsync(directory);
        await engine.ExecuteAsync(Sql.Of("SELECT 1"));
        throw new InvalidDataException("planted");
    }

    private static async Task<int> WaitAsync(string directory, bool querying)
    {
        var engine = await ClickHouse.OpenAsync(directory);
        await engine.ExecuteAsync(Sql.Of("CREATE TABLE IF NOT EXISTS kept (n UInt64) ENGINE = MergeTree ORDER BY n"));
        await engine.ExecuteAsync(Sql.Of("INSERT INTO kept SELECT number FROM numbers(1000)"));
        if (querying)
        {
            _ = StartEndless(engine);
            await UntilItRunsAsync(engine);
        }

        Console.WriteLine(Ready);
        await Task.Delay(Timeout.InfiniteTimeSpan);
        return 0;
    }

    private static async Task<int> TryOpenAsync(string directory)
    {
        try
        {
            await using var engine = await ClickHouse.OpenAsync(directory);
            Console.WriteLine("opened");
            return 0;
        }
        catch (StoreUnavailableException e)
        {
            Console.WriteLine(e.Message);
            return 3;
        }
    }

    private static Task StartEndless(ClickHouseEngine engine) => Task.Run(() => engine.ExecuteAsync(Endless));

    private static async Task UntilItRunsAsync(ClickHouseEngine engine)
    {
        while (true)
        {
            await using var rows = await engine.QueryAsync(CountEndless);
            if (rows.Read() && rows.UInt64() > 0)
            {
                return;
            }
        }
    }

    private static void Fault<TException>(Action fault)
        where TException : Exception
    {
        try
        {
            fault();
        }
        catch (TException e)
        {
            Console.WriteLine(e.GetType().Name);
        }
    }

    private static int Length(string? text) => text!.Length;

    private static int Quotient(int i, int j) => i / j;

    private static void Spin()
    {
        var turns = 0UL;
        while (turns < ulong.MaxValue)
        {
            turns++;
        }

        Debug.WriteLine(turns);
    }
}
