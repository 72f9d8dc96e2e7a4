using System.Buffers;
using System.Text;

namespace Stillwatch.Provenance.Tokenising;

/// <summary>
/// A tokeniser by byte-pair encoding, as its file describes it: the ids that a model reads a text as. Immutable; safe from any thread.
/// </summary>
/// <remarks>
/// Nothing is put before or after a text, and no text is changed: decoding what was encoded gives its bytes. A text of n characters takes
/// about n log n steps, whatever it is, unless a pattern of a <c>tokenizer.json</c> takes longer, which is bounded in time.
/// </remarks>
public sealed class BytePairTokeniser
{
    /// <summary>The longest text, in UTF-16 units: 268,435,456.</summary>
    public const int MaxTextLength = 1 << 28;

    private readonly TokeniserParts _parts;
    private readonly SearchValues<string> _added;
    private readonly int[] _addedLengths;

    internal BytePairTokeniser(TokeniserParts parts)
    {
        _parts = parts;
        _added = SearchValues.Create([.. parts.Added.Keys], StringComparison.Ordinal);
        _addedLengths = [.. parts.Added.Keys.Select(static text => text.Length).Distinct().OrderDescending()];
    }

    /// <summary>One more than the largest id: logits that a model of this tokeniser has at least.</summary>
    public int Vocabulary => _parts.Bytes.Length;

    /// <summary>The ids of a text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text is too long.</exception>
    /// <exception cref="InvalidDataException">A pattern of the tokeniser took too long.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaxTextLength);
        var (ids, work, first) = (new List<int>(), new BytePairMerges.Work(), 0);
        while (first < text.Length)
        {
            var at = _parts.Added.Count > 0 ? text.AsSpan(first).IndexOfAny(_added) : -1;
            EncodePlain(text.Substring(first, at < 0 ? text.Length - first : at), work, ids);
            if (at < 0)
            {
                break;
            }

            var token = AddedAt(text, first + at);
            ids.Add(_parts.Added[token]);
            first += at + token.Length;
        }

        return [.. ids];
    }

    /// <summary>The bytes of ids: UTF-8, unless a character was cut.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No token has an id.</exception>
    public byte[] Decode(ReadOnlySpan<int> ids)
    {
        using var bytes = new MemoryStream();
        foreach (var id in ids)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(ids));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(id, _parts.Bytes.Length, nameof(ids));
            bytes.Write(_parts.Bytes[id] ?? throw new ArgumentOutOfRangeException(nameof(ids), id, "No token has this id."));
        }

        return bytes.ToArray();
    }

    private void EncodePlain(string text, BytePairMerges.Work work, List<int> ids)
    {
        var buffer = new byte[256];
        foreach (var piece in _parts.Splitter.Pieces(text))
        {
            var part = text.AsSpan(piece);
            var needed = Encoding.UTF8.GetMaxByteCount(part.Length);
            buffer = needed > buffer.Length ? new byte[needed] : buffer;
            var bytes = buffer.AsSpan(0, Encoding.UTF8.GetBytes(part, buffer));
            if (_parts.Whole is { } whole && whole.TryGetValue(bytes, out var id))
            {
                ids.Add(id);
            }
            else
            {
                _parts.Merges.Encode(bytes, work, ids);
            }
        }
    }

    /// <summary>The longest added token that a place begins with; there is one.</summary>
    private string AddedAt(string text, int place) => _addedLengths
        .Where(length => place + length <= text.Length)
        .Select(length => text.Substring(place, length))
        .First(_parts.Added.ContainsKey);
}
