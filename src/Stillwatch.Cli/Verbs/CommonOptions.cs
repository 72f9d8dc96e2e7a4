using System.CommandLine;

namespace Stillwatch.Cli.Verbs;

/// <summary>Options that mean the same with every verb.</summary>
internal static class CommonOptions
{
    /// <param name="formats">What the verb can write; the first is the default.</param>
    public static Option<string> Format(params string[] formats) =>
        new Option<string>("--format")
        {
            HelpName = string.Join('|', formats),
            Description = "How the result is written.",
            DefaultValueFactory = _ => formats[0],
        }.AcceptOnlyFromAmong(formats);

    public static Option<string?> Out() => new("--out")
    {
        HelpName = "FILE",
        Description = "Where the result goes, replacing the file once it is complete; without it, standard output.",
    };
}
