using System.Text;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class InputFaultsTests
{
    [Fact]
    public void Snapshot_FaultsFromManyThreads_KeepsTheFirstByPositionAndCountsAll()
    {
        var faults = new InputFaults();
        Parallel.For(0, 1000, i => faults.Reject(Fault(1000 - i, i % 2 == 0 ? InputFaultReason.Missing : InputFaultReason.Empty)));
        faults.Repair(Fault(7, InputFaultReason.TooLong));
        var snapshot = faults.Snapshot();
        Assert.Equal(
            Enumerable.Range(1, InputFaults.Kept).Select(static i => (long)i), snapshot.Rejected.First.Select(static f => f.Position.Line));
        Assert.Equal(1000, snapshot.Rejected.Total);
        Assert.Equal(
            [(InputFaultReason.Missing, 500L), (InputFaultReason.Empty, 500L)],
            snapshot.Rejected.ByReason.Select(static r => (r.Key, r.Value)));
        Assert.Equal(7, Assert.Single(snapshot.Repaired.First).Position.Line);
    }

    [Fact]
    public void Reject_Strict_ThrowsTheFault()
    {
        var faults = new InputFaults(strict: true);
        var e = Assert.Throws<InputFaultException>(() => faults.Reject(Fault(3, InputFaultReason.Missing)));
        Assert.Equal("log:3: m: required, but absent or null (detail)", e.Message);
        Assert.Equal(3, e.Fault!.Position.Line);
        Assert.Equal(1, faults.Snapshot().Rejected.Total);
        Assert.Throws<InputFaultException>(() => faults.Repair(Fault(3, InputFaultReason.TooLong)));
    }

    [Fact]
    public void ToString_EveryReason_IsASentenceOfItsOwn() =>
        Assert.Equal(
            Enum.GetValues<InputFaultReason>().Length,
            Enum.GetValues<InputFaultReason>().Select(static r => Fault(1, r).ToString()).Distinct().Count());

    [Fact]
    public void ToString_WholeFile_NamesNoLine() =>
        Assert.Equal(
            "log: cannot be read; what came before counts",
            new InputFault("log", new(0, 0, 0), "", InputFaultReason.Unreadable, null).ToString());

    [Fact]
    public void Printable_AnyBytes_AreShortAndCannotSteerATerminal()
    {
        Assert.Equal("\"a\uFFFD[2J\uFFFD\"", InputFault.Printable(Encoding.UTF8.GetBytes("a\u001b[2J\n")));
        Assert.Equal(83, InputFault.Printable(Encoding.UTF8.GetBytes(new string('x', 5000))).Length);
        Assert.DoesNotContain('\ud83d', InputFault.Printable(Encoding.UTF8.GetBytes("😀")));
    }

    private static InputFault Fault(long line, InputFaultReason reason) => new("log", new(0, line, 0), "m", reason, "detail");
}
