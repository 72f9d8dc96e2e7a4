using System.Globalization;
using System.Text;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Observation;

/// <summary>Records more of whom a response is enforced for, in logs of the native format beside the ordinary ones. Thread-safe.</summary>
/// <remarks>
/// A line is written when its request has ended; what a killed process had not ended is only in the ordinary record. Files are deleted by
/// age when a day's file is begun, and nothing is added past the bound.
/// </remarks>
/// <param name="time">Names the files and tells their age.</param>
internal sealed class ObservedLog(TimeProvider time)
{
    private const int RecordOverhead = 1024;
    private const string Prefix = "observed-";

    private readonly Lock _gate = new();
    private string? _file;
    private long _bytes;
    private long _missed;

    /// <summary>Requests that could not be recorded here.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>Whether a request is among those that are recorded.</summary>
    public static bool Chooses(string id, double share) => Fnv(id) < share * ulong.MaxValue || share >= 1;

    /// <summary>Records a request and its reply.</summary>
    /// <param name="options">Where, and what of texts.</param>
    /// <param name="request">The request as it was asked.</param>
    /// <param name="body">Its body.</param>
    /// <param name="reply">What became of it.</param>
    /// <param name="text">The reply's text, escaped as in JSON; empty where it is not kept.</param>
    public void Write(
        ObserveOptions options, AdmittedRequest request, ReadOnlySpan<byte> body, in ReplySummary reply, ReadOnlySpan<byte> text)
    {
        using var line = new ByteBuffer(RecordOverhead + body.Length + text.Length);
        InteractionRecords.WriteAdmission(line, request, body, options.Content);
        line.Append(","u8);
        InteractionRecords.WriteReply(line, reply, text);
        line.Append("\n"u8);
        try
        {
            lock (_gate)
            {
                Append(options, line.Span);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Observation fails open: the ordinary record is complete without this one.
            Interlocked.Increment(ref _missed);
        }
    }

    private void Append(ObserveOptions options, ReadOnlySpan<byte> line)
    {
        var name = $"{Prefix}{time.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}.jsonl";
        var path = Path.Combine(options.Log, name);
        if (_file != path)
        {
            Directory.CreateDirectory(options.Log, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Tidy(options);
            _file = path;
        }

        if (_bytes + line.Length > options.MaxBytes)
        {
            Interlocked.Increment(ref _missed);
            return;
        }

        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        });
        file.Write(line);
        _bytes += line.Length;
    }

    private void Tidy(ObserveOptions options)
    {
        _bytes = 0;
        foreach (var path in Directory.EnumerateFiles(options.Log, $"{Prefix}*.jsonl"))
        {
            var day = Path.GetFileNameWithoutExtension(path)[Prefix.Length..];
            var isDay = DateTimeOffset.TryParseExact(
                day, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began);
            if (isDay && time.GetUtcNow() - began > options.DeleteAfter + TimeSpan.FromDays(1))
            {
                File.Delete(path);
            }
            else
            {
                _bytes += new FileInfo(path).Length;
            }
        }
    }

    private static ulong Fnv(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(id))
        {
            hash = (hash ^ octet) * 1099511628211UL;
        }

        // The last steps of FNV leave the high bits of neighbouring ids alike; one more multiplication of the folded hash parts them.
        return (hash ^ (hash >> 32)) * 11400714819323198485UL;
    }
}
