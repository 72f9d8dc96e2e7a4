using System.CommandLine;

namespace Stillwatch.Cli.Verbs;

/// <summary>Whom a verifier of dossiers and reports trusts.</summary>
internal static class TrustOptions
{
    /// <summary>Logs and witnesses.</summary>
    public static Option<string?> Policy { get; } = new("--policy")
    {
        HelpName = "FILE",
        Description = "Which logs and witnesses are trusted (C2SP tlog-policy), instead of --vkey.",
    };

    /// <summary>Authorities of timestamps.</summary>
    public static Option<string?> Roots { get; } = new("--roots")
    {
        HelpName = "FILE.pem",
        Description = "Certificates of the timestamp authorities that are trusted; without them it is left open who signed the timestamps.",
    };
}
