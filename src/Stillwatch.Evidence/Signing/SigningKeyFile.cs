using System.Text;

namespace Stillwatch.Evidence.Signing;

/// <summary>A private key in a file that only its owner may read (mode 0600).</summary>
public static class SigningKeyFile
{
    private const int MaxBytes = 4096;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes a key and writes it to a new file.</summary>
    /// <returns>The public half.</returns>
    /// <exception cref="IOException">The file exists: a key is never overwritten.</exception>
    public static NoteVerifierKey Create(string path, string name, NoteKeyType type)
    {
        var form = NoteSigningKey.Generate(name, type);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using (var file = new FileStream(path, options))
        {
            file.Write(Encoding.UTF8.GetBytes($"{form}\n"));
            file.Flush(flushToDisk: true);
        }

        using var key = NoteSigningKey.Parse(form);
        return key.VerifierKey;
    }

    /// <summary>Reads the key of a file.</summary>
    /// <exception cref="InvalidDataException">The file holds no private key, or others than its owner may read it.</exception>
    public static NoteSigningKey Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if ((File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
        {
            throw new InvalidDataException($"{path} holds a private key, and others may use it: chmod 600 {path}");
        }

        if (file.Length > MaxBytes)
        {
            throw new InvalidDataException($"{path} is no private key: it has more than {MaxBytes} bytes.");
        }

        using var reader = new StreamReader(file, Encoding.UTF8);
        try
        {
            return NoteSigningKey.Parse(reader.ReadToEnd().TrimEnd('\n'));
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }
}
