using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Signing;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Where the policy, the log and its key are: in the configuration, or named by options.</summary>
internal static class RespondArguments
{
    public static Option<string?> Config() => new("--config")
    {
        HelpName = "FILE",
        Description = "The gateway's configuration: its 'responses' are the policy, its 'decisions' the log and the key. "
            + "Without it the default policy counts: all in shadow.",
    };

    public static Option<string?> Log() => Optional(TransparencyOptions.Log());

    public static Option<string?> Key() => Optional(TransparencyOptions.Key());

    /// <summary>The desk over the log that is named.</summary>
    /// <exception cref="UnusableException">Neither options nor configuration say where the log is.</exception>
    public static (ResponseDesk Desk, NoteSigningKey Key) Open(GatewayOptions? options, string? log, string? keyFile)
    {
        const string Needed = "is needed, or a configuration with 'decisions' by --config FILE.";
        var directory = log ?? options?.Decisions?.Log ?? throw new UnusableException($"--log DIRECTORY {Needed}");
        var key = SigningKeyFile.Read(keyFile ?? options?.Decisions?.Key ?? throw new UnusableException($"--key FILE {Needed}"));
        return (new(directory, key, options?.Responses.Policy ?? ResponsePolicy.Default, TimeProvider.System), key);
    }

    /// <summary>The configuration that is named; null for none.</summary>
    public static GatewayOptions? Read(string? path, Terminal terminal) =>
        path is null ? null : ServeVerb.ReadConfiguration(path, terminal);

    private static Option<string?> Optional(Option<string> option) => new(option.Name)
    {
        HelpName = option.HelpName,
        Description = $"{option.Description} Without it, what the configuration says.",
    };
}
