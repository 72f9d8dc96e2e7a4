using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Tests.Interactions.Formats;

namespace Stillwatch.Tests.Interactions.Reading;

[Collection(MemoryCollection.Name)]
public sealed class ChunkReaderTests
{
    private const string Least = """{"time":"2026-03-02T00:01:22.360Z","account":"a","model":"m"}""";

    [Fact]
    public void Read_AnyRecordWrittenAnyWay_ComesBackEqual() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 8).ToArbitrary(), static seed =>
        {
            var records = Enumerable.Range(seed, 8).Select(static s => new RandomRecord(s)).ToList();
            var log = ReadLog.Text(string.Join('\n', records.Select(static r => r.Write())));
            Assert.Empty(log.Faults.Rejected.First);
            Assert.Empty(log.Faults.Repaired.First);
            Assert.Equal(records.Select(static r => Describe(r.Interaction)), log.Records.Select(static r => Describe(r.Interaction)));
            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_CutAtEveryByte_GivesTheSameRecordsAtTheSameLines()
    {
        var lines = Enumerable.Range(0, 6).Select(static i => i == 3 ? "" : Least[..^1] + $",\"id\":\"{new string('x', i * 13)}\"}}");
        var text = "\uFEFF" + string.Join("\r\n", lines) + "\n";
        var bytes = Encoding.UTF8.GetBytes(text);
        var expected = ReadLog.Bytes(bytes);
        Assert.Equal([1L, 2, 3, 5, 6], expected.Records.Select(static r => r.Position.Line));
        for (var size = 64; size <= bytes.Length + 1; size++)
        {
            var log = ReadLog.Bytes(bytes, new ReaderOptions { ChunkBytes = size });
            Assert.Equal(Positions(expected), Positions(log));
            Assert.Equal(0, log.Faults.Rejected.Total);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n\r\n \t\n")]
    public void Read_NothingButBlanks_IsNoFault(string text)
    {
        var log = ReadLog.Text(text);
        Assert.Empty(log.Records);
        Assert.Equal(0, log.Faults.Rejected.Total);
    }

    [Fact]
    public void Read_LinesAroundTheLimit_AreCutOffExactlyAtAnyChunkSize()
    {
        const int Limit = 200;
        var lengths = new[] { Limit - 1, Limit, Limit + 1, 10 * Limit, Limit, 3000, Limit };
        foreach (var end in new[] { "\n", "\r\n" })
        {
            var text = string.Concat(lengths.Select(l => (Least[..^1] + ",\"id\":\"").PadRight(l - 2, 'x') + "\"}" + end));
            foreach (var size in new[] { 64, 100, 199, 200, 201, 202, 203, 500, 1 << 20 })
            {
                var log = ReadLog.Text(text, new ReaderOptions { MaxLineBytes = Limit, ChunkBytes = size });
                Assert.Equal([1L, 2, 5, 7], log.Records.Select(static r => r.Position.Line));
                Assert.Equal([3L, 4, 6], log.Faults.Rejected.First.Select(static f => f.Position.Line));
                Assert.Equal(3, log.Faults.Rejected.ByReason[InputFaultReason.LineTooLong]);
            }
        }
    }

    [Fact]
    public void Read_LineOfAHundredMegabytes_IsSkippedWithoutBeingHeld()
    {
        const long Length = 100L << 20;
        var (head, tail) = (Encoding.UTF8.GetBytes(Least + "\n{\"time\":\""), Encoding.UTF8.GetBytes("\"}\n" + Least + "\n"));
        using var stream = new LongLineStream(head, Length, tail);
        var log = ReadLog.Files([new InputFile(0, "long", null, () => stream)]);
        Assert.Equal([1L, 3L], log.Records.Select(static r => r.Position.Line));
        Assert.Equal(InputFaultReason.LineTooLong, Assert.Single(log.Faults.Rejected.First).Reason);
        Assert.InRange(stream.PeakGrowth, 0, 64L << 20);
    }

    [Fact]
    public void Read_ZeroBombInGzip_IsOneFault()
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Least + "\n"));
            gzip.Write(new byte[64 << 20]);
        }

        var log = ReadLog.Bytes(stored.ToArray());
        Assert.Single(log.Records);
        Assert.Equal(InputFaultReason.LineTooLong, Assert.Single(log.Faults.Rejected.First).Reason);
    }

    [Fact]
    public void Read_CutGzip_CountsWhatCameBeforeAndOneFaultAtTheEnd()
    {
        var random = new Random(5);
        var lines = Enumerable.Range(0, 400).Select(_ => new RandomRecord(random.Next()).Write()).ToList();
        var stored = ReadLog.Gzip(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var before = -1;
        for (var cut = 20; cut < stored.Length; cut += stored.Length / 29)
        {
            var log = ReadLog.Bytes(stored[..cut]);
            var fault = Assert.Single(log.Faults.Rejected.First);
            Assert.Equal(InputFaultReason.Truncated, fault.Reason);
            Assert.InRange(log.Records.Count, Math.Max(before, 0), lines.Count - 1);
            Assert.True(log.Records.Count == 0 || fault.Position > log.Records[^1].Position);
            before = log.Records.Count;
        }

        Assert.InRange(before, lines.Count / 2, lines.Count - 1);
        Assert.Equal(lines.Count, ReadLog.Bytes(stored).Records.Count);
    }

    [Theory]
    [InlineData("28B52FFD0400", "zstd")]
    [InlineData("FD377A585A00", "xz")]
    [InlineData("425A6839", "bzip2")]
    [InlineData("04224D18", "lz4")]
    [InlineData("504B03040A", "ZIP")]
    [InlineData("FFFE7B002200", "UTF-16")]
    [InlineData("FEFF007B0022", "UTF-16")]
    [InlineData("7B0022007400", "UTF-16")]
    [InlineData("007B00220074", "UTF-16")]
    [InlineData("50415231", "engine")]
    [InlineData("68656C6C6F", "not recognised")]
    public void Read_WhatIsNotRead_IsOneClearFault(string hex, string said)
    {
        var strange = InputFile.FromBytes(0, "x", Convert.FromHexString(hex));
        var log = ReadLog.Files([strange, InputFile.FromBytes(1, "y", Encoding.UTF8.GetBytes(Least))]);
        Assert.Single(log.Records);
        var fault = Assert.Single(log.Faults.Rejected.First);
        Assert.Equal((InputFaultReason.Unsupported, "x", 0L), (fault.Reason, fault.File, fault.Position.Line));
        Assert.Contains(said, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileThatVanishes_IsAFaultAndOthersAreRead()
    {
        var gone = InputFile.FromPath(0, Path.Combine(Path.GetTempPath(), "stillwatch-no-such-file.jsonl"));
        var log = ReadLog.Files([gone, InputFile.FromBytes(1, "y", Encoding.UTF8.GetBytes(Least))]);
        Assert.Single(log.Records);
        Assert.Equal(InputFaultReason.Unreadable, Assert.Single(log.Faults.Rejected.First).Reason);
    }

    [Fact]
    public void Read_DiskThatFails_CountsWhatCameBefore()
    {
        var log = ReadLog.Files([new InputFile(0, "x", null, () => new FailingStream(Encoding.UTF8.GetBytes(Least + "\n" + Least[..20])))]);
        Assert.Single(log.Records);
        var fault = Assert.Single(log.Faults.Rejected.First);
        Assert.Equal((InputFaultReason.Unreadable, 2L), (fault.Reason, fault.Position.Line));
    }

    [Fact]
    public void Read_SeveralFiles_NumbersChunksThroughAndParsersAgreeInAnyOrder()
    {
        var files = Enumerable.Range(0, 3).Select(static f => InputFile.FromBytes(
            f, $"f{f}", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Least + "\n{broken\n", 30))))).ToList();
        var options = new ReaderOptions { ChunkBytes = 128 };
        var expected = ReadLog.Files(files, options);

        var faults = new InputFaults();
        var chunks = new ChunkReader(options, faults).Read(files).ToList();
        Assert.Equal(Enumerable.Range(0, chunks.Count).Select(static i => (long)i), chunks.Select(static c => c.Index));
        var logs = chunks.AsEnumerable().Reverse().AsParallel().Select(chunk =>
        {
            var log = new ReadLog();
            new InteractionParser(options, faults, FixedTime.Instance).Parse(chunk, log);
            chunk.Dispose();
            return log;
        }).ToList();
        Assert.Equal(
            expected.Records.Select(static r => (r.Position, r.Interaction.Id)),
            logs.SelectMany(static l => l.Records).Select(static r => (r.Position, r.Interaction.Id)).OrderBy(static r => r.Position));
        Assert.Equal(expected.Faults.Rejected.First.AsEnumerable(), faults.Snapshot().Rejected.First);
        Assert.Equal(expected.Faults.Rejected.Total, faults.Snapshot().Rejected.Total);
    }

    private static IEnumerable<(RecordPosition, string)> Positions(ReadLog log) =>
        log.Records.Select(static r => (r.Position, Describe(r.Interaction)));

    private static string Describe(Interaction interaction) => LiteLlmRecordParserTests.Describe(interaction);

    /// <summary>Head, very many bytes, tail; notes how much memory the reader took meanwhile.</summary>
    private sealed class LongLineStream(byte[] head, long length, byte[] tail) : MemoryStream
    {
        private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);
        private long _position;

        public long PeakGrowth { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            PeakGrowth = Math.Max(PeakGrowth, GC.GetTotalMemory(forceFullCollection: false) - _start);
            var (source, at) = _position < head.Length ? (head, _position)
                : _position < head.Length + length ? (null, 0L)
                : (tail, _position - head.Length - length);
            var left = source is null ? head.Length + length - _position : source.Length - at;
            var read = (int)Math.Min(count, left);
            if (source is null)
            {
                buffer.AsSpan(offset, read).Fill((byte)'x');
            }
            else
            {
                source.AsSpan((int)at, read).CopyTo(buffer.AsSpan(offset));
            }

            _position += read;
            return read;
        }
    }

    private sealed class FailingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position < Length ? base.Read(buffer, offset, count) : throw new IOException("Input/output error");
    }
}
