using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Gateway.Policies;

/// <summary>A file of policies that was read.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Sha256">The digest of its text, by which the log names what was in force.</param>
/// <param name="Policy">The policies.</param>
public sealed record PolicyFile(string Path, string Sha256, AccessPolicy Policy)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="faults">Everything that is wrong; empty if it is read.</param>
    /// <returns>The policies; null if anything is wrong.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PolicyFile? Read(string path, out IReadOnlyList<PolicyFault> faults)
    {
        var length = new FileInfo(path).Length;
        if (length > 4L * PolicySet.MaxTextLength)
        {
            faults = [new(1, 1, $"The file has {length} bytes; accepted are {PolicySet.MaxTextLength} characters.")];
            return null;
        }

        var text = File.ReadAllText(path);
        return PolicySet.Parse(text, out faults) is { } policies
            ? new(path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), new(policies))
            : null;
    }
}
