using System.Text;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Tests.Observation;

public sealed class SpoolTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Against a list: whatever the order of admissions, replies, segment ends, drains, crashes, each interaction comes; and where one
    /// comes again after a crash, what came first, which a store keeps, is right.
    /// </summary>
    [Fact]
    public async Task Interactions_InAnyOrderAndOverCrashes_AllComeAndFirstAsTheyWere()
    {
        const int Seed = 20261128;
        var random = new Random(Seed);
        for (var round = 0; round < 30; round++)
        {
            var options = Options($"spool-{round}", segmentBytes: random.Next(64, 4096));
            var (expected, target) = (new Dictionary<int, bool>(), new ListTarget());
            var next = 0;
            for (var life = 0; life < 3; life++)
            {
                using var spool = Spool.Open(options);
                using var drain = new SpoolDrain(spool, target);
                var open = new List<(int Id, ulong Ticket)>();
                for (var step = 0; step < 60; step++)
                {
                    switch (random.Next(4))
                    {
                        case 0 or 1:
                            open.Add((next, Admit(spool, next, random.Next(1, 300))));
                            expected[next++] = false;
                            break;
                        case 2 when open.Count > 0:
                            var at = random.Next(open.Count);
                            Settle(spool, open[at].Ticket);
                            expected[open[at].Id] = true;
                            open.RemoveAt(at);
                            break;
                        case 3 when random.Next(3) == 0:
                            spool.Roll();
                            await drain.RunAsync(Cancellation);
                            break;
                        default:
                            break;
                    }
                }
            }

            using (var spool = Spool.Open(options))
            using (var drain = new SpoolDrain(spool, target))
            {
                await drain.RunAsync(Cancellation);
                await drain.RunAsync(Cancellation);
                Assert.Equal(0, drain.Open);
            }

            Assert.Equal(expected.Keys, target.Replies.Keys.Order());
            Assert.All(expected, pair => Assert.Equal(pair.Value ? "done" : "interrupted", target.Replies[pair.Key]));
            Assert.Single(Directory.EnumerateFiles(options.Spool, "*.spool"));
        }
    }

    /// <summary>A crash in the middle of a write leaves a part of it; whatever is before it is not lost.</summary>
    [Fact]
    public async Task Segment_CutAtAnyByte_GivesAllThatIsWholeBeforeIt()
    {
        var options = Options("whole", 1 << 20);
        var ends = new List<long>();
        using (var spool = Spool.Open(options))
        {
            for (var i = 0; i < 5; i++)
            {
                Settle(spool, Admit(spool, i, 10));
                ends.Add(spool.Bytes);
            }
        }

        var bytes = await File.ReadAllBytesAsync(Directory.EnumerateFiles(options.Spool, "*.spool").First(), Cancellation);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var cut = Options($"cut-{length}", 1 << 20);
            Directory.CreateDirectory(cut.Spool);
            await File.WriteAllBytesAsync(Path.Combine(cut.Spool, "0000000001.spool"), bytes[..length], Cancellation);
            using var spool = Spool.Open(cut);
            var target = new ListTarget();
            using var drain = new SpoolDrain(spool, target);
            await drain.RunAsync(Cancellation);
            Assert.Equal(ends.Count(end => end <= length), target.Replies.Count(reply => reply.Value == "done"));
            Directory.Delete(cut.Spool, recursive: true);
        }
    }

    [Fact]
    public async Task Byte_ThatIsDamaged_IsNeverTakenForAnInteraction()
    {
        var options = Options("damaged", 1 << 20);
        using (var spool = Spool.Open(options))
        {
            Settle(spool, Admit(spool, 1, 10));
        }

        var path = Directory.EnumerateFiles(options.Spool, "*.spool").First();
        var bytes = await File.ReadAllBytesAsync(path, Cancellation);
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] ^= 0x10;
            await File.WriteAllBytesAsync(path, damaged, Cancellation);
            using var spool = Spool.Open(options with { });
            var target = new ListTarget();
            using var drain = new SpoolDrain(spool, target);
            await drain.RunAsync(Cancellation);
            Assert.DoesNotContain(target.Replies, reply => reply.Value == "done");
            Assert.Equal(1, drain.Damaged);
            await File.WriteAllBytesAsync(path, bytes, Cancellation);
        }
    }

    /// <summary>A killed process leaves zeros behind its frames, which are neither frames nor damage.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2000)]
    public async Task Segment_OfAKilledProcess_IsReadUpToItsUnusedRest(int interactions)
    {
        var options = Options("killed", 1 << 20);
        var killed = Options("killed-copy", 1 << 20);
        Directory.CreateDirectory(killed.Spool);
        using (var spool = Spool.Open(options))
        {
            for (var i = 0; i < interactions; i++)
            {
                // Now and then one that is longer than a window takes.
                Settle(spool, Admit(spool, i, i % 500 == 499 ? SpoolSegment.LongestCopied : 600));
            }

            foreach (var path in Directory.EnumerateFiles(options.Spool, "*.spool"))
            {
                File.Copy(path, Path.Combine(killed.Spool, Path.GetFileName(path)));
            }
        }

        using var next = Spool.Open(killed);
        var target = new ListTarget();
        using var drain = new SpoolDrain(next, target);
        await drain.RunAsync(Cancellation);
        Assert.Equal(Enumerable.Range(0, interactions), target.Replies.Keys.Order());
        Assert.Equal((0, 0), (drain.Damaged, drain.Interrupted));
        Assert.Equal(0, next.Bytes);
    }

    [Fact]
    public async Task Target_ThatIsAway_GetsEverythingLater()
    {
        var options = Options("away", 512);
        using var spool = Spool.Open(options);
        var target = new ListTarget { IsAway = true };
        using var drain = new SpoolDrain(spool, target);
        for (var i = 0; i < 50; i++)
        {
            Settle(spool, Admit(spool, i, 100));
            await Assert.ThrowsAsync<IOException>(() => drain.RunAsync(Cancellation));
        }

        Assert.True(spool.Bytes > 5000);
        target.IsAway = false;
        spool.Roll();
        await drain.RunAsync(Cancellation);
        Assert.Equal(50, target.Replies.Count);
        Assert.Equal(50, drain.Stored);
        Assert.Equal(0, spool.Bytes);
    }

    [Fact]
    public void Spool_ThatIsFull_TakesRepliesButNoAdmissions()
    {
        var options = Options("full", 1 << 16) with { MaxSpoolBytes = 2000 };
        using var spool = Spool.Open(options);
        var ticket = Admit(spool, 1, 1500);
        using var part = Spool.NewPart(600);
        part.Append(new byte[600]);
        Assert.Null(spool.Admit(part, 0));
        Assert.Equal(1, spool.Failures);
        Settle(spool, ticket);
    }

    [Fact]
    public void Spool_OfAnotherGateway_IsNotOpened()
    {
        var options = Options("shared", 1 << 16);
        using var first = Spool.Open(options);
        Assert.Contains("in use by another gateway", Assert.Throws<IOException>(() => Spool.Open(options)).Message,
            StringComparison.Ordinal);
    }

    /// <summary>The check value of CRC-32C in the catalogue of parametrised CRC algorithms.</summary>
    [Fact]
    public void Checksum_OfTheCheckText_IsThePublishedOne() => Assert.Equal(0xE3069283u, ~SpoolFrame.Checksum("123456789"u8));

    private static ulong Admit(Spool spool, int id, int padding)
    {
        using var part = Spool.NewPart(0);
        part.Append(Encoding.UTF8.GetBytes($$"""{"id":{{id}},"padding":"{{new string('x', padding)}}" """));
        return spool.Admit(part, 1)!.Value;
    }

    private static void Settle(Spool spool, ulong ticket)
    {
        using var part = Spool.NewPart(0);
        part.Append("\"gateway\":{\"outcome\":\"done\"}}"u8);
        Assert.True(spool.Settle(ticket, part));
    }

    private ObservationOptions Options(string name, long segmentBytes) =>
        new() { Spool = _folder.At(name), Log = "x", SegmentBytes = segmentBytes };

    private sealed class ListTarget : IInteractionTarget
    {
        public bool IsAway { get; set; }

        public Dictionary<int, string> Replies { get; } = [];

        public Task<long> StoreAsync(ReadOnlyMemory<byte> lines, int count, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new IOException("away");
            }

            var read = Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(count, read.Length);
            foreach (var line in read)
            {
                var json = System.Text.Json.JsonDocument.Parse(line).RootElement;
                Replies.TryAdd(json.GetProperty("id").GetInt32(), json.GetProperty("gateway").GetProperty("outcome").GetString()!);
            }

            return Task.FromResult(0L);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
