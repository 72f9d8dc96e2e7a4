using System.Security.Cryptography;
using System.Text.Json;

namespace Stillwatch.Provenance.Reports;

/// <summary>A file that figures follow from.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Name">Its name in messages and in the report; one that ends in <c>.gz</c> is unpacked.</param>
/// <param name="Content">Its bytes.</param>
public sealed record ReportInput(InputRole Role, string Name, byte[] Content)
{
    /// <summary>SHA-256 of the content, in hexadecimal digits.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));

    /// <summary>How a role is written.</summary>
    public static string NameOf(InputRole role) => JsonNamingPolicy.CamelCase.ConvertName(role.ToString());

    /// <summary>The role of a name; null if there is none of it.</summary>
    public static InputRole? RoleOf(string? name) =>
        Enum.GetValues<InputRole>().Where(role => NameOf(role) == name).Select(static role => (InputRole?)role).FirstOrDefault();
}
