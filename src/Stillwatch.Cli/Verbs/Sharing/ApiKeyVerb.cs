using System.CommandLine;
using System.Text;
using Stillwatch.Evidence.Sharing.Access;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Makes a key for a lab.</summary>
internal static class ApiKeyVerb
{
    private static readonly Argument<string> Name = new("name") { HelpName = "NAME", Description = "The lab's name." };
    private static readonly Option<string> Keys = File();

    private static readonly Option<string[]> Read = new("--read")
    {
        HelpName = "COLLECTION",
        Description = "The id of a collection it may read; * for all; may be given again.",
    };

    private static readonly Option<string[]> Write = new("--write")
    {
        HelpName = "COLLECTION",
        Description = "The id of a collection it may write to; * for all; may be given again.",
    };

    private static readonly Option<bool> Evaluate = new("--evaluate") { Description = "Whether the key service evaluates for it." };

    /// <summary>The file of keys.</summary>
    public static Option<string> File() => new("--keys")
    {
        HelpName = "FILE",
        Description = "The file of keys; it holds hashes only.",
        DefaultValueFactory = static _ => "api-keys.json",
    };

    public static VerbCommand Create() => new("api-key", "Make a key for a lab and print its secret, once; the file keeps only a hash.")
    {
        Arguments = { Name },
        Options = { Keys, Read, Write, Evaluate },
        Examples =
        [
            ("A lab that may read everything", "stillwatch share api-key lab-b --read '*'"),
            ("A lab that matches in private", "stillwatch share api-key lab-b --keys key-service-keys.json --evaluate"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var key = new ApiKey
            {
                Name = parsed.GetRequiredValue(Name),
                Sha256 = string.Empty,
                Read = parsed.GetValue(Read) ?? [],
                Write = parsed.GetValue(Write) ?? [],
                Evaluate = parsed.GetValue(Evaluate),
            };
            var secret = ApiKeys.Add(parsed.GetRequiredValue(Keys), key);
            await SharingOptions.WriteAsync(null, Encoding.UTF8.GetBytes($"{secret}\n"), cancellation);
            return ExitStatus.Done;
        },
    };
}
