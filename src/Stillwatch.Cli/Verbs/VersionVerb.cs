using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using Stillwatch.Cli.Output;

namespace Stillwatch.Cli.Verbs;

/// <summary>Says which version this is and what it runs on: what a report of a defect should start with.</summary>
internal static class VersionVerb
{
    public static VerbCommand Create() => new("version", "Show the version of Stillwatch and what it runs on.")
    {
        Work = static async (_, _, cancellation) =>
        {
            await ResultTarget.WriteAsync(
                path: null, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(Describe()), token), cancellation);
            return ExitStatus.Done;
        },
    };

    /// <summary>Name, version and runtime in one line, for records.</summary>
    public static string Software => $"stillwatch {Version} on {RuntimeInformation.FrameworkDescription}";

    private static string? Version =>
        typeof(VersionVerb).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static string Describe() =>
        $"""
            stillwatch {Version}
            {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}

            """;
}
