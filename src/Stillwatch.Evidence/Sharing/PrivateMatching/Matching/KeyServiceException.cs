using System.Security.Cryptography;
using System.Text.Json;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>A key service refused, answered nonsense, or could not prove that it used its key.</summary>
public sealed class KeyServiceException : IOException
{
    /// <param name="message">What happened.</param>
    /// <param name="inner">What it was seen by; null for nothing.</param>
    public KeyServiceException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    internal static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception broken) when (IsNonsense(broken))
        {
            throw Of(broken);
        }
    }

    internal static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception broken) when (IsNonsense(broken))
        {
            throw Of(broken);
        }
    }

    private static bool IsNonsense(Exception broken) => broken
        is HttpRequestException or JsonException or NotSupportedException or FormatException or CryptographicException
        or ArgumentException;

    private static KeyServiceException Of(Exception broken) =>
        new($"The key service could not be used: {broken.Message}", broken);
}
