using System.Globalization;

namespace Stillwatch.Gateway.Observation;

/// <summary>Puts interactions into logs in the native format, a file an hour, for <c>stillwatch ingest</c> to read.</summary>
/// <remarks>After a crash some interactions may stand there twice; reading them into a store keeps one of each.</remarks>
internal sealed class LogTarget : IInteractionTarget
{
    private readonly string _directory;
    private readonly TimeProvider _time;

    public LogTarget(string directory, TimeProvider time)
    {
        (_directory, _time) = (directory, time);
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <inheritdoc/>
    public async Task<long> StoreAsync(ReadOnlyMemory<byte> lines, int count, CancellationToken cancellationToken)
    {
        var hour = _time.GetUtcNow().ToString("yyyyMMdd'T'HH", CultureInfo.InvariantCulture);
        var path = Path.Combine(_directory, $"interactions-{hour}.jsonl");
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        });
        await using (file.ConfigureAwait(false))
        {
            file.Seek(0, SeekOrigin.End);
            if (EndsInTheMiddle(file))
            {
                file.WriteByte((byte)'\n');
            }

            await file.WriteAsync(lines, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        return 0;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A crash may have cut the last line; a reader rejects that one, and it comes again whole.</summary>
    private static bool EndsInTheMiddle(FileStream file)
    {
        Span<byte> last = stackalloc byte[1];
        return file.Length > 0 && RandomAccess.Read(file.SafeFileHandle, last, file.Length - 1) == 1 && last[0] != (byte)'\n';
    }
}
