using System.CommandLine;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Where somebody else's server is, and who asks it.</summary>
internal sealed class RemoteOptions
{
    private readonly Option<string> _server = new("--server")
    {
        HelpName = "URL",
        Description = "The server: of TAXII the API root. HTTPS, or this machine itself.",
        Required = true,
    };

    private readonly Option<string> _name = new("--name")
    {
        HelpName = "NAME",
        Description = "The own name at the server.",
        Required = true,
    };

    private readonly Option<string> _secret = new("--secret")
    {
        HelpName = "FILE",
        Description = "A file with the key that the server's operator gave.",
        Required = true,
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_server);
        verb.Add(_name);
        verb.Add(_secret);
    }

    public Uri Server(ParseResult parsed) => Uri.TryCreate(parsed.GetRequiredValue(_server), UriKind.Absolute, out var address)
        ? address
        : throw new UnusableException(
            $"--server takes an address such as https://taxii.example/root/, not '{parsed.GetRequiredValue(_server)}'.");

    public string Name(ParseResult parsed) => parsed.GetRequiredValue(_name);

    public string Secret(ParseResult parsed)
    {
        using var reader = new StreamReader(InputStream.Open(parsed.GetRequiredValue(_secret)));
        return reader.ReadToEnd().Trim();
    }
}
