using System.Diagnostics;
using System.Globalization;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Quotas.Ledger;

/// <summary>A process that spends as fast as it can is killed again and again; whoever comes after it must know what it spent.</summary>
public sealed class LedgerKillTests : IDisposable
{
    private const string Variable = "STILLWATCH_LEDGER_CHILD";
    private const long Budget = 200_000;
    private static readonly QuotaSubject Subject = new("k1", "", "", "", "", "");
    private static readonly QuotaLimits Limits = QuotaLimits.Create(
        new QuotaLimit("budget", QuotaMeasure.OutputTokens, Budget, null),
        new QuotaLimit("day", QuotaMeasure.OutputTokens, Budget, TimeSpan.FromDays(1)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_AgainAndAgain_NeverForgetsAndNeverOvershoots()
    {
        var emitted = 0L;
        for (var kills = 0; kills < 8; kills++)
        {
            await RunAndKillAsync(kills);
            emitted = Emitted();
            using var ledger = QuotaLedger.Open(_folder["ledger"], Limits, TimeProvider.System);
            Assert.All(ledger.Standing(Subject), standing => Assert.InRange(Budget - standing.Remaining, emitted,
                emitted + UnderWay(kills)));
        }

        await RunToTheEndAsync();
        Assert.InRange(Emitted(), (0.95 * Budget) - 1, Budget);
        Assert.True(emitted < Budget, "The budget was used up before the last kill: nothing was tested.");
    }

    /// <summary>What the killed process does; runs only in it.</summary>
    [Fact]
    public async Task Child_SpendsUntilItIsKilledOrTheBudgetIsUsed()
    {
        var folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(folder is null, "Runs only in the process that the other test kills.");
        using var ledger = QuotaLedger.Open(Path.Combine(folder, "ledger"), Limits, TimeProvider.System);
        await using var emissions = new FileStream(
            Path.Combine(folder, "emitted"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        var open = new Queue<QuotaReservation>();
        while (ledger.Reserve(new(Subject, 0, 1, 50, default)).Reservation is { } reservation)
        {
            open.Enqueue(reservation);
            Emit(emissions, reservation.Spend(30));
            if (open.Count > 8)
            {
                var last = open.Dequeue();
                Emit(emissions, last.Spend(5));
                last.Settle(0, last.SpentOutputTokens);
            }

            ledger.Core.Maintain();
        }

        while (open.TryDequeue(out var last))
        {
            Emit(emissions, last.Spend(50));
            last.Settle(0, last.SpentOutputTokens);
        }
    }

    /// <summary>What open reservations may have had that was not passed on, with every kill once more.</summary>
    private static long UnderWay(int kills) => (kills + 1) * 10 * 50;

    private static void Emit(FileStream emissions, long tokens) =>
        emissions.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{tokens}\n")));

    private static Process Start(string folder)
    {
        var tests = Path.Combine(AppContext.BaseDirectory, "Stillwatch.Gateway.Tests.dll");
        var start = new ProcessStartInfo(
            "dotnet", [tests, "-method", $"*{nameof(Child_SpendsUntilItIsKilledOrTheBudgetIsUsed)}"])
        {
            RedirectStandardOutput = true,
            Environment = { [Variable] = folder },
        };
        return Process.Start(start)!;
    }

    private long Emitted() => !File.Exists(_folder["emitted"])
        ? 0
        : Lines().Sum(line => long.Parse(line, CultureInfo.InvariantCulture));

    private string[] Lines()
    {
        using var file = new FileStream(_folder["emitted"], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private async Task RunAndKillAsync(int kills)
    {
        var token = TestContext.Current.CancellationToken;
        var before = Emitted();
        using var child = Start(_folder.Path);
        var said = child.StandardOutput.ReadToEndAsync(token);
        while (Emitted() < before + 2000 + (kills * 700))
        {
            Assert.False(child.HasExited, child.HasExited ? await said : "");
            await Task.Delay(TimeSpan.FromMilliseconds(2), token);
        }

        child.Kill();
        await child.WaitForExitAsync(token);
    }

    private async Task RunToTheEndAsync()
    {
        using var child = Start(_folder.Path);
        var said = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, said);
    }
}
