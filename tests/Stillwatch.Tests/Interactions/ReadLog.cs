using System.IO.Compression;
using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions;

/// <summary>Reads a log from memory, chunk by chunk on one thread.</summary>
internal sealed class ReadLog : IInteractionSink
{
    public List<(Interaction Interaction, RecordPosition Position)> Records { get; } = [];

    public InputFaultsSnapshot Faults { get; private set; } = new InputFaults().Snapshot();

    /// <summary>The only interaction, with no fault of any kind.</summary>
    public Interaction Single
    {
        get
        {
            Assert.Empty(Faults.Rejected.First);
            Assert.Empty(Faults.Repaired.First);
            return Assert.Single(Records).Interaction;
        }
    }

    public static ReadLog Text(string text, ReaderOptions? options = null) => Bytes(Encoding.UTF8.GetBytes(text), options);

    public static ReadLog Bytes(byte[] bytes, ReaderOptions? options = null, string name = "log") =>
        Files([InputFile.FromBytes(0, name, bytes)], options);

    public static ReadLog Files(IReadOnlyList<InputFile> files, ReaderOptions? options = null)
    {
        options ??= new ReaderOptions();
        var log = new ReadLog();
        var faults = new InputFaults();
        var parser = new InteractionParser(options, faults, FixedTime.Instance);
        foreach (var chunk in new ChunkReader(options, faults).Read(files))
        {
            using (chunk)
            {
                parser.Parse(chunk, log);
            }
        }

        log.Faults = faults.Snapshot();
        return log;
    }

    public static byte[] Gzip(params ReadOnlySpan<byte> plain)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return stored.ToArray();
    }

    public void Accept(Interaction interaction, RecordPosition position) => Records.Add((interaction, position));
}
