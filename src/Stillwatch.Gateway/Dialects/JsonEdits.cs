using Stillwatch.Gateway.Observation;

namespace Stillwatch.Gateway.Dialects;

/// <summary>Changes to a text of JSON, noted by place from its beginning to its end; every other byte stays. Not thread-safe.</summary>
internal sealed class JsonEdits
{
    private readonly List<(int Start, int End, byte[] With)> _edits = [];

    /// <summary>Whether anything is to be changed.</summary>
    public bool Any => _edits.Count > 0;

    /// <summary>Puts something in the place of some bytes.</summary>
    public void Replace(int start, int end, ReadOnlySpan<byte> with) => _edits.Add((start, end, with.ToArray()));

    /// <summary>Takes some bytes out.</summary>
    public void Remove(int start, int end) => _edits.Add((start, end, []));

    /// <summary>The text with all changes.</summary>
    public byte[] Apply(ReadOnlySpan<byte> text)
    {
        using var output = new ByteBuffer(text.Length + 64);
        var copied = 0;
        foreach (var (start, end, with) in _edits)
        {
            output.Append(text[copied..start]);
            output.Append(with);
            copied = end;
        }

        output.Append(text[copied..]);
        return output.Span.ToArray();
    }
}
