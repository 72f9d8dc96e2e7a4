using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Gateway.Responses;

/// <summary>A keyed digest of the text that a model has seen so far; whatever pieces it came in. Used by one thread.</summary>
/// <remarks>Blocks are chained by SHA-256 from the secret on; the last, unfinished one is hashed under that by HMAC.</remarks>
internal sealed class LogprobContext
{
    private const int BlockBytes = 64;

    private readonly byte[] _chain;
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes + BlockBytes];
    private int _pending;

    public LogprobContext(byte[] secret) => _chain = SHA256.HashData(secret);

    private LogprobContext(LogprobContext other)
    {
        _chain = (byte[])other._chain.Clone();
        other._block.CopyTo(_block, 0);
        _pending = other._pending;
    }

    /// <summary>Adds text.</summary>
    public void Append(string text) => Append(Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a text that cannot be taken for a part of what stands beside it.</summary>
    public void AppendMember(string name, string? text)
    {
        Span<byte> lengths = stackalloc byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, Encoding.UTF8.GetByteCount(name));
        BinaryPrimitives.WriteInt32LittleEndian(lengths[sizeof(int)..], text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        Append(lengths);
        Append(name);
        Append(text ?? "");
    }

    /// <summary>The digest.</summary>
    public byte[] State() => HMACSHA256.HashData(_chain, _block.AsSpan(SHA256.HashSizeInBytes, _pending));

    /// <summary>One that goes on from here by itself.</summary>
    public LogprobContext Duplicate() => new(this);

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var taken = Math.Min(bytes.Length, BlockBytes - _pending);
            bytes[..taken].CopyTo(_block.AsSpan(SHA256.HashSizeInBytes + _pending));
            bytes = bytes[taken..];
            _pending += taken;
            if (_pending == BlockBytes)
            {
                _chain.CopyTo(_block, 0);
                SHA256.HashData(_block, _chain);
                _pending = 0;
            }
        }
    }
}
