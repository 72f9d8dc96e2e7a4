using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Cases;

/// <summary>A secret for each account, without which its pseudonym can be traced back by nobody, us included.</summary>
/// <remarks>
/// <code>
/// file = record repeated;  record = tag (16) || pseudonym (16) || secret (32)
/// </code>
/// The tag is a keyed hash of the account's name, by which its secret is found. Destroying a secret writes zeros over its record. A
/// record is on the disk before anything names its pseudonym; one that a crash tore is never named. One process at a time writes: whoever
/// has the log.
/// </remarks>
internal sealed class AccountKeys
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretBytes = 32;

    private const int NameBytes = 16;
    private const int RecordBytes = (2 * NameBytes) + SecretBytes;
    private const int MaxBytes = 1 << 30;

    private readonly string _path;
    private readonly Dictionary<string, (string Pseudonym, byte[] Secret)> _byTag = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Offset, string Tag)> _byPseudonym = new(StringComparer.Ordinal);
    private long _end;

    private AccountKeys(string path)
    {
        _path = path;
        var file = OwnerOnlyFile.Read(path, MaxBytes);
        for (; _end + RecordBytes <= file.Length; _end += RecordBytes)
        {
            var record = file.AsSpan((int)_end, RecordBytes);
            if (record.ContainsAnyExcept((byte)0))
            {
                Note(
                    _end,
                    Convert.ToHexStringLower(record[..NameBytes]),
                    Convert.ToHexStringLower(record[NameBytes..(2 * NameBytes)]),
                    record[(2 * NameBytes)..].ToArray());
            }
        }
    }

    /// <summary>Opens the file.</summary>
    /// <exception cref="InvalidDataException">Others than its owner may use it.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static AccountKeys Open(string path) => new(path);

    /// <summary>Makes an empty file.</summary>
    public static void Create(string path) => OwnerOnlyFile.Create(path, []);

    /// <summary>The pseudonym (32 hexadecimal digits) and the secret of a tag (the same); null if there is none.</summary>
    public (string Pseudonym, byte[] Secret)? ByTag(string tag) => _byTag.TryGetValue(tag, out var found) ? found : null;

    /// <summary>The secret of a pseudonym; null if there is none any more.</summary>
    public byte[]? SecretOf(string pseudonym) =>
        _byPseudonym.TryGetValue(pseudonym, out var place) ? _byTag[place.Tag].Secret : null;

    /// <summary>Adds secrets; on return they are on the disk.</summary>
    public void Add(IReadOnlyList<(string Tag, string Pseudonym, byte[] Secret)> accounts)
    {
        if (accounts.Count == 0)
        {
            return;
        }

        var records = new byte[accounts.Count * RecordBytes];
        foreach (var (place, (tag, pseudonym, secret)) in accounts.Index())
        {
            var record = records.AsSpan(place * RecordBytes, RecordBytes);
            Convert.FromHexString(tag).CopyTo(record);
            Convert.FromHexString(pseudonym).CopyTo(record[NameBytes..]);
            secret.CopyTo(record[(2 * NameBytes)..]);
        }

        DiskFiles.Instance.WriteAt(_path, _end, records);
        foreach (var (tag, pseudonym, secret) in accounts)
        {
            Note(_end, tag, pseudonym, secret);
            _end += RecordBytes;
        }
    }

    /// <summary>Destroys the secret of a pseudonym; on return zeros are on the disk. Does nothing if that was done.</summary>
    public void Destroy(string pseudonym)
    {
        if (_byPseudonym.Remove(pseudonym, out var place))
        {
            DiskFiles.Instance.WriteAt(_path, place.Offset, new byte[RecordBytes]);
            _byTag.Remove(place.Tag);
        }
    }

    private void Note(long offset, string tag, string pseudonym, byte[] secret)
    {
        _byTag[tag] = (pseudonym, secret);
        _byPseudonym[pseudonym] = (offset, tag);
    }
}
