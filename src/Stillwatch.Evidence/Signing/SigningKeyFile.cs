using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Signing;

/// <summary>A private key in a file that only its owner may read (mode 0600).</summary>
public static class SigningKeyFile
{
    private const int MaxBytes = 4096;

    /// <summary>Makes a key and writes it to a new file.</summary>
    /// <returns>The public half.</returns>
    /// <exception cref="IOException">The file exists: a key is never overwritten.</exception>
    public static NoteVerifierKey Create(string path, string name, NoteKeyType type)
    {
        var form = NoteSigningKey.Generate(name, type);
        OwnerOnlyFile.Create(path, Encoding.UTF8.GetBytes($"{form}\n"));
        using var key = NoteSigningKey.Parse(form);
        return key.VerifierKey;
    }

    /// <summary>Reads the key of a file.</summary>
    /// <exception cref="InvalidDataException">The file holds no private key, or others than its owner may read it.</exception>
    public static NoteSigningKey Read(string path)
    {
        var content = OwnerOnlyFile.Read(path, MaxBytes);
        try
        {
            return NoteSigningKey.Parse(Encoding.UTF8.GetString(content).TrimEnd('\n'));
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }
}
