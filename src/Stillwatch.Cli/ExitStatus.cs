namespace Stillwatch.Cli;

/// <summary>What the process says to its caller.</summary>
internal static class ExitStatus
{
    /// <summary>Done, whatever was found.</summary>
    public const int Done = 0;

    /// <summary>The program failed: a full disk, a lost server, a defect.</summary>
    public const int Failed = 1;

    /// <summary>The arguments or the input cannot be used.</summary>
    public const int Unusable = 2;

    /// <summary>A self-test's attack succeeds although it is defended against.</summary>
    public const int NotHeld = 3;

    /// <summary>Stopped by SIGINT (Ctrl-C): 128 and the signal's number, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = 143;
}
