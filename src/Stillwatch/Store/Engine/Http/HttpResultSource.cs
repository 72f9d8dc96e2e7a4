using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine.Http;

/// <summary>A result that comes over the network, through one buffer that grows only for a value longer than itself.</summary>
internal sealed class HttpResultSource : ResultSource
{
    private const int FirstBufferBytes = 256 << 10;

    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly OperationLimit _limit;
    private readonly StoreAddress _address;
    private readonly CancellationTokenRegistration _abort;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(FirstBufferBytes, pinned: true);

    internal HttpResultSource(HttpResponseMessage response, OperationLimit limit, StoreAddress address)
    {
        (_response, _limit, _address) = (response, limit, address);
        _stream = response.Content.ReadAsStream();
        _abort = limit.Token.UnsafeRegister(static answer => ((HttpResponseMessage)answer!).Dispose(), response);
    }

    public override async ValueTask DisposeAsync()
    {
        await _abort.DisposeAsync().ConfigureAwait(false);
        _response.Dispose();
        await _limit.DisposeAsync().ConfigureAwait(false);
    }

    internal override unsafe NativeSpan Next(NativeSpan tail)
    {
        var room = tail.Length < _buffer.Length
            ? _buffer
            : GC.AllocateUninitializedArray<byte>(checked(_buffer.Length * 2), pinned: true);
        tail.Bytes.CopyTo(room);
        _buffer = room;
        var read = Read(room.AsSpan(tail.Length));
        return read == 0 ? default : new((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(room)), tail.Length + read);
    }

    private int Read(Span<byte> room)
    {
        try
        {
            var read = _stream.Read(room);

            // A stream that was disposed because the limit ended reads as if it were at its end.
            return read == 0 && _limit.Token.IsCancellationRequested
                ? throw _limit.Ended(new IOException("The connection was closed."))
                : read;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or ObjectDisposedException)
        {
            throw _limit.Token.IsCancellationRequested ? _limit.Ended(e) : HttpFailure.Of(e, _address);
        }
    }
}
