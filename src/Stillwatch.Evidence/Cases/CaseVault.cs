using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Cases;

/// <summary>
/// Keeps the content of cases encrypted, each case under a key of its own: whoever destroys the key has deleted the content.
/// </summary>
/// <remarks>
/// <code>
/// keys/pseudonym.key   keys/CASE.key   32 bytes, mode 0600
/// content/CASE/DIGEST                  "SWV1" || nonce (12) || tag (16) || AES-256-GCM(content), additional data "CASE/DIGEST"
/// </code>
/// Content is on the disk before <see cref="Put"/> ends. The keys must not be backed up with the content, else a deletion reaches only
/// one of the copies.
/// </remarks>
public sealed class CaseVault
{
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly string _root;
    private readonly DurableFiles _files;

    /// <summary>Opens a vault, or makes an empty one.</summary>
    public CaseVault(string directory)
    {
        _root = Path.GetFullPath(directory);
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Keys);
        _files = new(DiskFiles.Instance, _root, Path.Combine(_root, "temporary"));
        _files.Prepare();
    }

    /// <summary>The file of the key of pseudonyms.</summary>
    public string PseudonymKeyPath => Path.Combine(Keys, "pseudonym.key");

    private static ReadOnlySpan<byte> Magic => "SWV1"u8;

    private string Keys => Path.Combine(_root, "keys");

    /// <summary>Whether the content of a case can be read.</summary>
    public bool HasKey(int number) => File.Exists(KeyPath(number));

    /// <summary>Makes the key of a case that is about to be opened; what an attempt that died has left goes.</summary>
    public void CreateKey(int number)
    {
        Destroy(number);
        OwnerOnlyFile.Create(KeyPath(number), RandomNumberGenerator.GetBytes(KeyLength));
        DiskFiles.Instance.FlushDirectory(Keys);
    }

    /// <summary>Keeps content; on return it is on the disk.</summary>
    public void Put(int number, CaseContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Bytes.Length > CaseContent.MaxBytes)
        {
            throw new InvalidDataException($"The content has {content.Bytes.Length} bytes; at most {CaseContent.MaxBytes} are kept.");
        }

        var prefix = Magic.Length + NonceLength + TagLength;
        var file = new byte[prefix + content.Bytes.Length];
        Magic.CopyTo(file);
        RandomNumberGenerator.Fill(file.AsSpan(Magic.Length, NonceLength));
        WithCipher(number, cipher => cipher.Encrypt(
            file.AsSpan(Magic.Length, NonceLength),
            content.Bytes.Span,
            file.AsSpan(prefix),
            file.AsSpan(Magic.Length + NonceLength, TagLength),
            AdditionalData(number, content.Digest)));
        _files.Put(ContentPath(number, content.Digest), file);
    }

    /// <summary>The content that an entry names.</summary>
    /// <exception cref="InvalidDataException">It was deleted, is missing, or is not what the entry names.</exception>
    public CaseContent Get(int number, string digest)
    {
        if (!HasKey(number))
        {
            throw new InvalidDataException($"The content of case {number} was deleted.");
        }

        var prefix = Magic.Length + NonceLength + TagLength;
        if (DiskFiles.Instance.Read(ContentPath(number, digest), CaseContent.MaxBytes + prefix) is not { } file || file.Length < prefix)
        {
            throw new InvalidDataException($"The content {digest} of case {number} is missing.");
        }

        var content = CaseContent.Parse(Decrypt(number, digest, file));
        return content.Digest == digest
            ? content
            : throw new InvalidDataException($"The content {digest} of case {number} is not what its entry names.");
    }

    /// <summary>Destroys the key of a case: its content is unreadable from now on. Does nothing if that was done.</summary>
    public void Destroy(int number)
    {
        if (HasKey(number))
        {
            DiskFiles.Instance.Write(KeyPath(number), new byte[KeyLength]);
            File.Delete(KeyPath(number));
            DiskFiles.Instance.FlushDirectory(Keys);
        }

        foreach (var name in DiskFiles.Instance.List(ContentFolder(number)))
        {
            File.Delete(Path.Combine(ContentFolder(number), name));
        }
    }

    private static byte[] AdditionalData(int number, string digest) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}/{digest}"));

    private byte[] Decrypt(int number, string digest, byte[] file)
    {
        var prefix = Magic.Length + NonceLength + TagLength;
        var plain = new byte[file.Length - prefix];
        try
        {
            WithCipher(number, cipher => cipher.Decrypt(
                file.AsSpan(Magic.Length, NonceLength),
                file.AsSpan(prefix),
                file.AsSpan(Magic.Length + NonceLength, TagLength),
                plain,
                AdditionalData(number, digest)));
            return plain;
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw new InvalidDataException($"The content {digest} of case {number} was changed, or is under another key.", fault);
        }
    }

    private void WithCipher(int number, Action<AesGcm> use)
    {
        var key = OwnerOnlyFile.Read(KeyPath(number), KeyLength);
        try
        {
            if (key.Length != KeyLength)
            {
                throw new InvalidDataException($"{KeyPath(number)} is no key of {KeyLength} bytes.");
            }

            using var cipher = new AesGcm(key, TagLength);
            use(cipher);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private string KeyPath(int number) => Path.Combine(Keys, string.Create(CultureInfo.InvariantCulture, $"{number}.key"));

    private string ContentFolder(int number) => Path.Combine(_root, "content", number.ToString(CultureInfo.InvariantCulture));

    private string ContentPath(int number, string digest) => Path.Combine(ContentFolder(number), digest);
}
