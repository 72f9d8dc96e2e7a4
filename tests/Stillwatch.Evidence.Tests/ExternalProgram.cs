using System.Diagnostics;

namespace Stillwatch.Evidence.Tests;

/// <summary>Programs that are not ours and check what we write; tests skip where they are absent.</summary>
internal static class ExternalProgram
{
    /// <summary>Skips, with the reason, where a program is not on the path.</summary>
    public static void SkipUnlessInstalled(string program, string package) =>
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))),
            $"{program} is not installed (Debian package {package}).");

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Status, string Output, string Errors)> RunAsync(
        string program, IEnumerable<string> arguments, string? directory = null, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? string.Empty,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Runs OpenSSL and demands success.</summary>
    public static async Task<string> OpenSslAsync(string? directory, params string[] arguments)
    {
        SkipUnlessInstalled("openssl", "openssl");
        var (status, output, errors) = await RunAsync("openssl", arguments, directory);
        Assert.True(status == 0, $"openssl {string.Join(' ', arguments)}: {errors}");
        return output;
    }
}
