using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Makes and tends the keys of the gateway's clients.</summary>
internal static class KeyVerb
{
    private static readonly Option<string> Keys = new("--keys")
    {
        HelpName = "FILE",
        Description = "The file of keys; it holds hashes only.",
        DefaultValueFactory = static _ => "keys.json",
    };

    private static readonly Argument<string> Id = new("id")
    {
        HelpName = "ID",
        Description = "The key's id, as 'stillwatch key list' shows it.",
    };

    private static readonly Argument<string> Account = new("account") { HelpName = "ACCOUNT", Description = "Whose requests these are." };

    private static readonly Option<string?> Organization = new("--organization")
    {
        HelpName = "NAME",
        Description = "The affiliation that the account declared.",
    };

    private static readonly Option<string> Tier = new("--tier")
    {
        HelpName = "NAME",
        Description = "The class of customers that quotas and policies speak of.",
        DefaultValueFactory = static _ => "default",
    };

    private static readonly Option<string?> Name = new("--name") { HelpName = "TEXT", Description = "What people call the key." };

    private static readonly Option<string[]> Models = new("--model")
    {
        HelpName = "NAME",
        Description = "A model it may ask, a trailing * for any ending; may be given again; all without it.",
    };

    private static readonly Option<string[]> Endpoints = new Option<string[]>("--endpoint")
    {
        HelpName = string.Join('|', EndpointTable.AllNames),
        Description = "An endpoint it may call; may be given again; all without it.",
    }.AcceptOnlyFromAmong([.. EndpointTable.AllNames]);

    private static readonly Option<DateTimeOffset?> Expires = new("--expires")
    {
        HelpName = "TIME",
        Description = "From when on it is not accepted, as 2027-01-31 or 2027-01-31T12:00:00Z.",
        CustomParser = static result => DecisionArguments.TimeOf(result),
    };

    private static readonly Option<string[]> Certificates = new("--certificate")
    {
        HelpName = "FILE",
        Description = "A client certificate (PEM) of which the connection must have one; may be given again.",
    };

    private static readonly Option<bool> CertificateOnly = new("--certificate-only")
    {
        Description = "The certificate alone proves who the client is; there is no secret.",
    };

    private static readonly Option<TimeSpan> Overlap = new("--overlap")
    {
        HelpName = "DURATION",
        Description = "How long the old secret is accepted beside the new one, as 24h.",
        DefaultValueFactory = static _ => TimeSpan.FromHours(24),
        CustomParser = static result => DurationOf(result),
    };

    public static Command Create() => new("key", "Make and tend the keys of the gateway's clients; a running gateway follows the file.")
    {
        Subcommands = { New(), List(), Rotate(), Revoke() },
    };

    private static VerbCommand New() => new("create", "Make a key and print it, once; the file keeps only a hash.")
    {
        Arguments = { Account },
        Options = { Keys, Organization, Tier, Name, Models, Endpoints, Expires, Certificates, CertificateOnly },
        Examples =
        [
            ("A key that may do everything", "stillwatch key create alice"),
            ("A key for one model",
                "stillwatch key create bob --organization acme --model 'gpt-oss-*' --endpoint chat --expires 2027-01-31"),
            ("A client that is known by its certificate", "stillwatch key create carol --certificate carol.pem --certificate-only"),
        ],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var certificates = Hashes(parsed.GetValue(Certificates));
            var isBare = parsed.GetValue(CertificateOnly);
            if (isBare && certificates.Count == 0)
            {
                throw new UnusableException("--certificate-only needs the certificate: give it by --certificate FILE.");
            }

            var (key, text) = Issuer(parsed).Create(new GatewayKey
            {
                Id = string.Empty,
                Account = parsed.GetRequiredValue(Account),
                Organization = parsed.GetValue(Organization),
                Tier = parsed.GetRequiredValue(Tier),
                Name = parsed.GetValue(Name),
                Models = Chosen(parsed.GetValue(Models)),
                Endpoints = Chosen(parsed.GetValue(Endpoints)),
                Expires = parsed.GetValue(Expires),
                Certificates = certificates,
            }, hasSecret: !isBare);
            if (text is null)
            {
                terminal.Note($"key {key.Id} of {Printable.Clean(key.Account)} made; its certificate proves it");
                return ExitStatus.Done;
            }

            terminal.Note($"key {key.Id} of {Printable.Clean(key.Account)} made; it is shown only now");
            await WriteAsync($"{text}\n", cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand List() => new("list", "Show the keys: whose they are and what they may do, no secret.")
    {
        Options = { Keys },
        Examples = [("Which keys are there?", "stillwatch key list --keys keys.json")],
        Work = static async (parsed, _, cancellation) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var lines = new StringBuilder();
            foreach (var key in KeyFile.Load(parsed.GetRequiredValue(Keys)))
            {
                lines.Append(Printable.Clean(Describe(key, now))).Append('\n');
            }

            await WriteAsync(lines.ToString(), cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Rotate() => new("rotate",
        "Give a key a new secret and print it, once; the old one is accepted a while longer.")
    {
        Arguments = { Id },
        Options = { Keys, Overlap },
        Examples = [("Change the secret within a day", "stillwatch key rotate k7m2abcdefgh --overlap 24h")],
        Work = static async (parsed, _, cancellation) =>
        {
            await WriteAsync($"{Issuer(parsed).Rotate(parsed.GetRequiredValue(Id), parsed.GetValue(Overlap))}\n", cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Revoke() => new("revoke", "Take a key back, for good.")
    {
        Arguments = { Id },
        Options = { Keys },
        Examples = [("Take a key back", "stillwatch key revoke k7m2abcdefgh")],
        Work = static (parsed, terminal, _) =>
        {
            var id = parsed.GetRequiredValue(Id);
            Issuer(parsed).Revoke(id);
            terminal.Note($"key {Printable.Clean(id)} revoked");
            return Task.FromResult(ExitStatus.Done);
        },
    };

    private static KeyIssuer Issuer(ParseResult parsed) => new(parsed.GetRequiredValue(Keys), TimeProvider.System);

    private static List<string> Hashes(string[]? files)
    {
        var hashes = new List<string>();
        foreach (var file in files ?? [])
        {
            try
            {
                using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
                hashes.Add(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
            }
            catch (CryptographicException broken)
            {
                throw new UnusableException($"{file}: no certificate (PEM or DER): {broken.Message}");
            }
        }

        return hashes;
    }

    private static string[] Chosen(string[]? chosen) => chosen is { Length: > 0 } ? chosen : [GatewayKey.Everything];

    private static string Describe(GatewayKey key, DateTimeOffset now)
    {
        var live = key.Secrets.Count(secret => secret.Expires is not { } expires || expires > now);
        var state = key switch
        {
            { Revoked: { } revoked } => string.Create(CultureInfo.InvariantCulture, $"revoked {revoked:yyyy-MM-dd}"),
            { Expires: { } expires } when expires <= now => string.Create(CultureInfo.InvariantCulture, $"expired {expires:yyyy-MM-dd}"),
            { Expires: { } expires } => string.Create(CultureInfo.InvariantCulture, $"until {expires:yyyy-MM-dd}"),
            _ => "valid",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Id}  {state,-18}  {Plural.Of(live, "secret")}  tier {key.Tier}  account {key.Account}"
            + $"{(key.Organization is null ? "" : $"  organization {key.Organization}")}"
            + $"  models {string.Join(',', key.Models)}  endpoints {string.Join(',', key.Endpoints)}"
            + $"{(key.Certificates.Count == 0 ? "" : $"  {Plural.Of(key.Certificates.Count, "certificate")}")}"
            + $"{(key.Name is null ? "" : $"  ({key.Name})")}");
    }

    private static TimeSpan DurationOf(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (Quantity.TryDuration(text, out var length))
        {
            return length;
        }

        result.AddError($"--overlap takes a duration such as 24h or 30m, not '{text}'.");
        return default;
    }

    private static Task WriteAsync(string text, CancellationToken cancellation) => ResultTarget.WriteAsync(
        null, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token), cancellation);
}
