using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Cli.Verbs;

/// <summary>Options that mean the same with every verb on the transparency log.</summary>
internal static class TransparencyOptions
{
    private const int MaxKeyBytes = 4096;

    /// <summary>The directory of a log.</summary>
    public static Option<string> Log() => new("--log")
    {
        HelpName = "DIRECTORY",
        Description = "The log: the directory that holds its checkpoint and tiles.",
        Required = true,
    };

    /// <summary>A private key's file.</summary>
    public static Option<string> Key() => new("--key")
    {
        HelpName = "FILE",
        Description = "The private key, as 'stillwatch log key' made it; only its owner may read the file.",
        Required = true,
    };

    /// <summary>A verifier key, or the file that holds it.</summary>
    public static Option<string> VerifierKey() => new("--vkey")
    {
        HelpName = "VKEY|FILE",
        Description = "The log's verifier key (name+ID+base64), or a file that holds it.",
        Required = true,
    };

    /// <summary>A policy file.</summary>
    public static Option<string> Policy() => new("--policy")
    {
        HelpName = "FILE",
        Description = "Which logs and witnesses are trusted (C2SP tlog-policy).",
        Required = true,
    };

    /// <summary>Reads a verifier key from the command line or from a file.</summary>
    /// <exception cref="UnusableException">It is neither.</exception>
    public static NoteVerifierKey ReadVerifierKey(string value)
    {
        if (!File.Exists(value))
        {
            return NoteVerifierKey.TryParse(value, out var key, out var fault)
                ? key
                : throw new UnusableException($"--vkey takes a verifier key or a file that holds one: {fault}");
        }

        return new FileInfo(value).Length <= MaxKeyBytes
            ? NoteVerifierKey.Parse(File.ReadAllText(value).Trim())
            : throw new UnusableException($"{value} holds no verifier key: it has more than {MaxKeyBytes} bytes.");
    }

    /// <summary>Reads a policy file.</summary>
    public static TrustPolicy ReadPolicy(string path) => TrustPolicy.Parse(ReadBounded(path, SignedNote.MaxBytes));

    /// <summary>Reads certificates in PEM.</summary>
    /// <exception cref="UnusableException">The file holds none.</exception>
    public static X509Certificate2Collection ReadCertificates(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException)
        {
        }

        return certificates.Count > 0 ? certificates : throw new UnusableException($"{path} holds no certificate in PEM.");
    }

    /// <summary>Reads a file that may not be larger than what is read of its kind.</summary>
    /// <exception cref="UnusableException">It is larger.</exception>
    public static byte[] ReadBounded(string path, int maxBytes)
    {
        using var file = File.OpenRead(path);
        return file.Length <= maxBytes
            ? File.ReadAllBytes(path)
            : throw new UnusableException($"{path} has {file.Length} bytes; at most {maxBytes} are read.");
    }
}
