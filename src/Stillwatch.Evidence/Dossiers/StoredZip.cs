using System.Buffers.Binary;
using System.Text;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>Zip files of which every list of files has exactly one form, so that each of their bytes is accounted for.</summary>
/// <remarks>
/// PKWARE APPNOTE 4.3: local headers with content that is stored, not compressed, in the order of names; a central directory; its end. All
/// times are 1980-01-01, no extra fields, no comments. Any program unpacks it. The reader walks the local headers and then demands that
/// writing what it found gives the same bytes: nothing can be hidden between files, and a bomb has nothing to expand.
/// </remarks>
public static class StoredZip
{
    private const uint LocalSignature = 0x04034b50;
    private const uint CentralSignature = 0x02014b50;
    private const uint EndSignature = 0x06054b50;
    private const int LocalLength = 30;
    private const int CentralLength = 46;
    private const int EndLength = 22;
    private const int MaxNameLength = 512;
    private const ushort Version = 20;
    private const ushort FirstDay = 0x21;

    private static readonly uint[] Crc32Table = [.. Enumerable.Range(0, 256).Select(value => Crc32Entry((uint)value))];

    /// <summary>Bytes that a zip file has beside the content of its files, at most.</summary>
    public static long OverheadOf(int files) => EndLength + ((long)files * (LocalLength + CentralLength + (2 * MaxNameLength)));

    /// <summary>The zip file of a dossier.</summary>
    public static byte[] Write(DossierFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var zip = new MemoryStream();
        using var directory = new MemoryStream();
        Span<byte> rest = stackalloc byte[CentralLength - LocalLength - 2];
        foreach (var name in files.Names)
        {
            var (bytes, content, offset) = (Encoding.ASCII.GetBytes(name), files.Get(name), (uint)zip.Position);
            var crc = Crc32(content);
            WriteHeader(zip, LocalSignature, crc, content.Length, bytes);
            zip.Write(bytes);
            zip.Write(content);
            WriteHeader(directory, CentralSignature, crc, content.Length, bytes);
            rest.Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(rest[10..], offset);
            directory.Write(rest);
            directory.Write(bytes);
        }

        Span<byte> end = stackalloc byte[EndLength];
        end.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(end, EndSignature);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)files.Names.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)files.Names.Count);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)zip.Position);
        directory.WriteTo(zip);
        zip.Write(end);
        return zip.ToArray();
    }

    /// <summary>Reads a zip file that <see cref="Write"/> made.</summary>
    /// <exception cref="InvalidDataException">Any byte of it is not as that would have written it, or a bound is passed.</exception>
    public static DossierFiles Read(ReadOnlySpan<byte> zip)
    {
        var files = new DossierFiles();
        var at = 0;
        while (zip.Length - at >= LocalLength && BinaryPrimitives.ReadUInt32LittleEndian(zip[at..]) == LocalSignature)
        {
            var header = zip.Slice(at, LocalLength);
            var method = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(header[18..]);
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
            at += LocalLength;
            if (method != 0 || nameLength > MaxNameLength || (long)nameLength + length > zip.Length - at)
            {
                throw Foreign();
            }

            var name = Encoding.UTF8.GetString(zip.Slice(at, nameLength));
            files.Add(name, zip.Slice(at + nameLength, (int)length).ToArray());
            at += nameLength + (int)length;
        }

        return files.Names.Count > 0 && Write(files).AsSpan().SequenceEqual(zip) ? files : throw Foreign();
    }

    private static InvalidDataException Foreign() => new(
        "This is no zip file as 'stillwatch case export' writes it, or it was changed. If another program made it, unpack it and verify "
        + "the folder.");

    /// <summary>A local header, or the part of a central one up to its comment's length, which has two bytes more in front.</summary>
    private static void WriteHeader(Stream to, uint signature, uint crc, int length, byte[] name)
    {
        Span<byte> header = stackalloc byte[LocalLength + 2];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, signature);
        var isCentral = signature == CentralSignature;
        var fields = header[(isCentral ? 6 : 4)..];
        if (isCentral)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], Version);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(fields, Version);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[8..], FirstDay);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[10..], crc);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[14..], (uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(fields[18..], (uint)length);
        BinaryPrimitives.WriteUInt16LittleEndian(fields[22..], (ushort)name.Length);
        to.Write(header[..(isCentral ? LocalLength + 2 : LocalLength)]);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = Crc32Table[(byte)(crc ^ value)] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint Crc32Entry(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        }

        return value;
    }
}
