using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// A result of the engine in this process, chunk by chunk as the engine makes them (about 65,000 rows each), read where they lie. A chunk
/// ends with a row; should one not, its tail is copied in front of the next.
/// </summary>
internal sealed class ChdbResultSource(OpenDirectory directory, ChdbConnection connection, OperationLimit limit, MarkedStatement query)
    : ResultSource
{
    private nint _stream;
    private nint _first;
    private nint _chunk;
    private unsafe byte* _joined;
    private bool _complete;
    private Exception? _failure;

    public override async ValueTask DisposeAsync()
    {
        await Task.Run(Free).ConfigureAwait(false);
        await limit.DisposeAsync().ConfigureAwait(false);
        directory.Return(connection);
    }

    /// <summary>Starts the query and waits for its first rows, so that most errors come before the caller reads.</summary>
    internal void Start(IReadOnlyDictionary<string, string> settings)
    {
        try
        {
            _stream = connection.StartStream(query, settings);
            _first = Fetch();
        }
        catch (ClickHouseException e) when (e.Code == ChdbConnection.NotStreamed && _stream == 0)
        {
            _first = connection.FetchAll(query, settings);
            _complete = true;
        }
        catch
        {
            Free();
            throw;
        }
    }

    internal override unsafe NativeSpan Next(NativeSpan tail)
    {
        var chunk = _first != 0 || _complete ? _first : Fetch();
        _first = 0;
        if (chunk == 0)
        {
            return default;
        }

        var joined = tail.Length == 0 ? null : Join(tail, connection.Bytes(chunk));
        var window = joined is null ? connection.Bytes(chunk) : new NativeSpan(joined, tail.Length + connection.Bytes(chunk).Length);
        FreeWindow();
        _chunk = chunk;
        _joined = joined;
        return window;
    }

    private nint Fetch()
    {
        if (_failure is not null)
        {
            throw new InvalidOperationException("The query has failed before; its result has no more rows to read.", _failure);
        }

        try
        {
            limit.Token.ThrowIfCancellationRequested();
            var chunk = connection.Fetch(_stream, query);
            _complete = chunk == 0;
            return chunk;
        }
        catch (Exception e)
        {
            _failure = EmbeddedEngine.Translate(e, limit) ?? e;
            throw _failure;
        }
    }

    private static unsafe byte* Join(NativeSpan tail, NativeSpan chunk)
    {
        var joined = (byte*)NativeMemory.Alloc((nuint)tail.Length + (nuint)chunk.Length);
        tail.Bytes.CopyTo(new(joined, tail.Length));
        chunk.Bytes.CopyTo(new(joined + tail.Length, chunk.Length));
        return joined;
    }

    private void Free()
    {
        FreeWindow();
        if (_first != 0)
        {
            connection.Destroy(_first);
        }

        if (_stream != 0)
        {
            connection.EndStream(_stream, isOver: _complete || _failure is not null and not OperationCanceledException);
        }

        (_first, _stream) = (0, 0);
    }

    private unsafe void FreeWindow()
    {
        if (_chunk != 0)
        {
            connection.Destroy(_chunk);
        }

        NativeMemory.Free(_joined);
        _chunk = 0;
        _joined = null;
    }
}
