using System.Security.Cryptography;

namespace Stillwatch.Evidence.Sharing.Storage;

/// <summary>Random secrets in files that only their owner may read; one line of hexadecimal digits.</summary>
public static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    /// <summary>Reads a secret, or makes one where there is no file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">Length of the secret.</param>
    /// <exception cref="InvalidDataException">
    /// The file holds no such secret, or others may read it. The message shows no part of it.
    /// </exception>
    public static byte[] ReadOrCreate(string path, int bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            Create(path, RandomNumberGenerator.GetBytes(bytes));
        }

        return Read(path, bytes);
    }

    /// <summary>Reads a secret.</summary>
    /// <exception cref="InvalidDataException">
    /// The file holds no such secret, or others may read it. The message shows no part of it.
    /// </exception>
    public static byte[] Read(string path, int bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if ((File.GetUnixFileMode(path) & Others) != 0)
        {
            throw new InvalidDataException($"{path} holds a secret and others than its owner have rights on it: run 'chmod 600 {path}'.");
        }

        var text = File.ReadAllText(path).Trim();
        var isSecret = text.Length == 2 * bytes && text.All(char.IsAsciiHexDigit);
        return isSecret
            ? Convert.FromHexString(text)
            : throw new InvalidDataException($"{path} holds no secret of {bytes} bytes as {2 * bytes} hexadecimal digits.");
    }

    private static void Create(string path, byte[] secret)
    {
        using (var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        {
            file.Write([.. Convert.ToHexStringLower(secret).Select(static digit => (byte)digit), (byte)'\n']);
            file.Flush(flushToDisk: true);
        }

        DirectoryEntries.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
