using System.Runtime.InteropServices;
using System.Text;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// One session of the engine in this process. It runs one statement at a time; a stream of results occupies it until the stream ends. Calls
/// of several threads wait for each other.
/// </summary>
internal sealed unsafe class ChdbConnection : IDisposable
{
    /// <summary>The code of a statement that libchdb runs but does not stream, such as SHOW and DESCRIBE (BAD_ARGUMENTS).</summary>
    internal const int NotStreamed = 36;

    private static readonly byte[] Format = "RowBinary"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly LibChdb _library;
    private readonly HashSet<string> _changedSettings = new(StringComparer.Ordinal);
    private nint* _handle;

    private ChdbConnection(LibChdb library, nint* handle)
    {
        _library = library;
        _handle = handle;
    }

    /// <summary>Connects, and leaves the process's signal handlers as they were.</summary>
    /// <returns>Null if the engine refuses; it writes the reason to the standard error output.</returns>
    internal static ChdbConnection? Open(LibChdb library, IReadOnlyList<string> arguments)
    {
        var argv = stackalloc byte*[arguments.Count];
        for (var i = 0; i < arguments.Count; i++)
        {
            argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
        }

        var handlers = SignalHandlers.Save();
        var handle = library.Connect(arguments.Count, argv);
        handlers.RestoreTakenBy(library);
        for (var i = 0; i < arguments.Count; i++)
        {
            Marshal.FreeCoTaskMem((nint)argv[i]);
        }

        return handle is null || *handle == 0 ? null : new(library, handle);
    }

    /// <summary>Runs a statement to its end.</summary>
    /// <returns>Rows written.</returns>
    internal ulong Execute(MarkedStatement statement, IReadOnlyDictionary<string, string> settings)
    {
        lock (_gate)
        {
            Apply(settings);
            return ExecuteUnlocked(statement);
        }
    }

    /// <summary>Starts a SELECT; the stream must be given to <see cref="EndStream"/>.</summary>
    /// <exception cref="ClickHouseException">With <see cref="NotStreamed"/>, the statement is another that returns rows.</exception>
    internal nint StartStream(MarkedStatement query, IReadOnlyDictionary<string, string> settings)
    {
        lock (_gate)
        {
            Apply(settings);
            return Checked(Call(_library.StreamQuery, query), query);
        }
    }

    /// <summary>The next rows of a stream; 0 at its end. Others must be given to <see cref="Destroy"/>.</summary>
    internal nint Fetch(nint stream, MarkedStatement query)
    {
        lock (_gate)
        {
            return Filled(Checked(_library.StreamFetch(Handle(), stream), query));
        }
    }

    /// <summary>All rows of a statement at once; 0 if there is none. Others must be given to <see cref="Destroy"/>.</summary>
    internal nint FetchAll(MarkedStatement query, IReadOnlyDictionary<string, string> settings)
    {
        lock (_gate)
        {
            Apply(settings);
            return Filled(Checked(Call(_library.Query, query), query));
        }
    }

    /// <summary>The bytes of a chunk, until it is destroyed.</summary>
    internal NativeSpan Bytes(nint chunk)
    {
        var length = _library.Length(chunk);
        return length <= int.MaxValue
            ? new(_library.Buffer(chunk), (int)length)
            : throw new MalformedResultException(
                $"One block of the result has {length:N0} bytes, above what is accepted; set max_block_size lower.");
    }

    internal void Destroy(nint chunk) => _library.Destroy(chunk);

    /// <summary>Frees a stream, which the engine is told to stop unless it is over: read to its end, or failed.</summary>
    internal void EndStream(nint stream, bool isOver)
    {
        lock (_gate)
        {
            if (!isOver && _handle is not null)
            {
                _library.StreamCancel(*_handle, stream);
            }

            _library.Destroy(stream);
        }
    }

    /// <summary>Closes; waits for a statement that runs.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_handle is not null)
            {
                _library.Close(_handle);
                _handle = null;
            }
        }
    }

    private nint Filled(nint chunk)
    {
        if (_library.Length(chunk) != 0)
        {
            return chunk;
        }

        _library.Destroy(chunk);
        return 0;
    }

    private nint Handle() => _handle is null ? throw new ObjectDisposedException(nameof(ClickHouseEngine)) : *_handle;

    private ulong ExecuteUnlocked(MarkedStatement statement)
    {
        var result = Checked(Call(_library.Query, statement), statement);
        var rows = _library.RowsWritten(result);
        _library.Destroy(result);
        return rows;
    }

    private nint Call(delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint> query, MarkedStatement statement)
    {
        var text = Encoding.UTF8.GetBytes(statement.Text);
        fixed (byte* utf8 = text, format = Format)
        {
            return query(Handle(), utf8, (nuint)text.Length, format, (nuint)Format.Length);
        }
    }

    /// <summary>A result without error. One with an error has nothing else: its other fields are not set.</summary>
    private nint Checked(nint result, MarkedStatement statement)
    {
        if (result == 0)
        {
            throw new ClickHouseException(0, "The embedded engine gave no answer", statement.Statement);
        }

        var error = _library.Error(result);
        if (error is null)
        {
            return result;
        }

        var text = Marshal.PtrToStringUTF8((nint)error) ?? string.Empty;
        _library.Destroy(result);
        throw ServerError.Of(text, statement.Statement);
    }

    /// <summary>Sets the session to these settings and takes back those of statements before.</summary>
    private void Apply(IReadOnlyDictionary<string, string> settings)
    {
        if (settings.Count == 0 && _changedSettings.Count == 0)
        {
            return;
        }

        var changes = _changedSettings.Where(name => !settings.ContainsKey(name)).Select(name => new Sql($"{name} = DEFAULT"))
            .Concat(settings.Select(static setting => new Sql(setting.Key) + Sql.Format($" = {setting.Value}")));
        _changedSettings.UnionWith(settings.Keys);
        ExecuteUnlocked(new($"SET {Sql.Join(", ", changes)}"));
        _changedSettings.IntersectWith(settings.Keys);
    }
}
