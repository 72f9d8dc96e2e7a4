using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Evidence.Signing;

/// <summary>A call of OpenSSL that failed; the message holds what OpenSSL's error queue said, never any input.</summary>
public sealed class OpenSslException : CryptographicException
{
    private const int MaxTextBytes = 256;

    /// <summary>An error that OpenSSL did not explain.</summary>
    public OpenSslException()
        : this("OpenSSL failed.")
    {
    }

    /// <summary>An error with a text of its own.</summary>
    public OpenSslException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a cause.</summary>
    public OpenSslException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Empties this thread's error queue into one exception.</summary>
    /// <param name="call">The function that failed.</param>
    internal static OpenSslException FromQueue(string call)
    {
        var reasons = new List<string>();
        Span<byte> text = stackalloc byte[MaxTextBytes];
        while (LibCrypto.NextError() is var error && error != 0)
        {
            LibCrypto.DescribeError(error, text, MaxTextBytes);
            reasons.Add(Encoding.ASCII.GetString(text[..Math.Max(0, text.IndexOf((byte)0))]));
        }

        return new($"{call} failed: {(reasons.Count == 0 ? "OpenSSL gives no reason" : string.Join("; ", reasons))}.");
    }
}
