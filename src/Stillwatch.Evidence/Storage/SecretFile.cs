using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Evidence.Storage;

/// <summary>Random secrets in files that only their owner may read; one line of hexadecimal digits.</summary>
public static class SecretFile
{
    /// <summary>Room for white space that an editor leaves at the end.</summary>
    private const int MaxSpace = 16;

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
        var content = OwnerOnlyFile.Read(path, (2 * bytes) + MaxSpace);
        try
        {
            var text = Encoding.ASCII.GetString(content).Trim();
            var isSecret = text.Length == 2 * bytes && text.All(char.IsAsciiHexDigit);
            return isSecret
                ? Convert.FromHexString(text)
                : throw new InvalidDataException($"{path} holds no secret of {bytes} bytes as {2 * bytes} hexadecimal digits.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static void Create(string path, byte[] secret) =>
        OwnerOnlyFile.Create(path, Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(secret)}\n"));
}
