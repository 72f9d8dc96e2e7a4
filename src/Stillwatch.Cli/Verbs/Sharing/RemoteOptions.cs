using System.CommandLine;
using Stillwatch.Evidence.Sharing.Access;

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

    private readonly Option<string?> _authorities = new("--ca")
    {
        HelpName = "FILE.pem",
        Description = "The only authorities, or the only certificate, that the server is believed by; without it, those of this machine.",
    };

    /// <summary>Adds the options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_server);
        verb.Add(_name);
        verb.Add(_secret);
        verb.Add(_authorities);
    }

    /// <summary>The server.</summary>
    /// <exception cref="UnusableException">There is no such address, or a file holds no certificate.</exception>
    public RemoteServer Read(ParseResult parsed) =>
        new(Address(parsed), parsed.GetRequiredValue(_name), Secret(parsed))
        {
            Authorities = parsed.GetValue(_authorities) is { } path ? TransparencyOptions.ReadCertificates(path) : null,
        };

    /// <summary>The server's address.</summary>
    public Uri Address(ParseResult parsed) => Uri.TryCreate(parsed.GetRequiredValue(_server), UriKind.Absolute, out var address)
        ? address
        : throw new UnusableException(
            $"--server takes an address such as https://taxii.example/root/, not '{parsed.GetRequiredValue(_server)}'.");

    private string Secret(ParseResult parsed)
    {
        using var reader = new StreamReader(InputStream.Open(parsed.GetRequiredValue(_secret)));
        return reader.ReadToEnd().Trim();
    }
}
