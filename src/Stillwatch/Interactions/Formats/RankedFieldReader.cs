using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads fields that several members of a foreign format may hold, in any order of these members.</summary>
internal sealed class RankedFieldReader(RecordContext context)
{
    private readonly byte[] _ranks = new byte[LogFields.Count];
    private readonly JsonFieldReader _fields = new(context, lenient: true);

    /// <summary>Begins a record.</summary>
    public void Begin() => Array.Clear(_ranks);

    /// <summary>Reads the value the reader stands on, if it is one and no better source was read.</summary>
    public void Read(ref Utf8JsonReader reader, RankedField source)
    {
        if (source.Rank == 0 || IsAbsent(ref reader) || !TryTake(source))
        {
            reader.Skip();
            return;
        }

        _fields.Read(ref reader, source.Field);
    }

    /// <summary>Whether a source may set its field, which from now on takes no worse one.</summary>
    public bool TryTake(RankedField source)
    {
        ref var rank = ref _ranks[(int)source.Field];
        if (source.Rank < rank)
        {
            return false;
        }

        rank = source.Rank;
        return true;
    }

    private static bool IsAbsent(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.Null || reader.TokenType is JsonTokenType.String && reader.ValueSpan.IsEmpty;
}
