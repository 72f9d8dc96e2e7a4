using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Stillwatch.Provenance.Tokenising;

/// <summary>The format of tiktoken's files.</summary>
internal static class TiktokenRanks
{
    /// <summary>Splitting a token everywhere costs the square of its length; no published one has more than 128 bytes.</summary>
    private const int MaxBytes = 256;

    public static TokeniserParts Read(ReadOnlySpan<byte> file, Regex pattern)
    {
        var ids = new Dictionary<byte[], int>(ByteSequences.Equality);
        var (tokens, line) = (new List<(int Id, byte[] Bytes)>(), 0);
        foreach (var range in file.Split((byte)'\n'))
        {
            line++;
            var text = file[range].TrimEnd((byte)'\r');
            if (text.Length > 0)
            {
                var (id, bytes) = Parse(text, line);
                tokens.Add((id, bytes));
                if (!ids.TryAdd(bytes, id))
                {
                    throw Fault(line, "has a token that came before");
                }
            }
        }

        var byId = new byte[]?[tokens.Count > 0 ? tokens.Max(static token => token.Id) + 1 : 0];
        foreach (var (id, bytes) in tokens)
        {
            byId[id] = byId[id] is null ? bytes : throw new InvalidDataException($"Two tokens have the rank {id}.");
        }

        return new(new TextSplitter(pattern), MergesOf(tokens, ids), byId, new Dictionary<string, int>()) { WholePieces = ids };
    }

    /// <summary>Two tokens are merged where their bytes together are a token, in the order of its rank.</summary>
    private static BytePairMerges MergesOf(List<(int Id, byte[] Bytes)> tokens, Dictionary<byte[], int> ids)
    {
        var find = ids.GetAlternateLookup<ReadOnlySpan<byte>>();
        var single = new int[256];
        for (var value = 0; value < single.Length; value++)
        {
            single[value] = find.TryGetValue([(byte)value], out var id)
                ? id
                : throw new InvalidDataException($"The file has no token of the byte {value}: not every text could be encoded.");
        }

        var merges = new BytePairMerges(single);
        foreach (var (id, bytes) in tokens)
        {
            for (var cut = 1; cut < bytes.Length; cut++)
            {
                if (find.TryGetValue(bytes.AsSpan(0, cut), out var left) && find.TryGetValue(bytes.AsSpan(cut), out var right))
                {
                    merges.Add(left, right, id, id);
                }
            }
        }

        return merges;
    }

    private static (int Id, byte[] Bytes) Parse(ReadOnlySpan<byte> line, int number)
    {
        var blank = line.IndexOf((byte)' ');
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(Math.Max(0, blank))];
        if (blank < 1 || Base64.DecodeFromUtf8(line[..blank], buffer, out _, out var written) != System.Buffers.OperationStatus.Done
            || written is 0 or > MaxBytes)
        {
            throw Fault(number, $"does not begin with a token of 1 to {MaxBytes} bytes in base 64");
        }

        return int.TryParse(Encoding.ASCII.GetString(line[(blank + 1)..]), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && id <= TokeniserFile.MaxId
            ? (id, buffer[..written])
            : throw Fault(number, $"does not end with a rank from 0 to {TokeniserFile.MaxId}");
    }

    private static InvalidDataException Fault(int line, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Line {line} {what}."));
}
