using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Hosting;
using Stillwatch.Evidence.Sharing.PrivateMatching.KeyService;
using Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;
using Stillwatch.Evidence.Sharing.Taxii.Server;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Servers that run until they are stopped.</summary>
internal static class ServeVerbs
{
    public static VerbCommand Taxii()
    {
        var (listen, certificate) = (Listen("127.0.0.1:8431"), Certificate());
        var (keys, disclosures) = (ApiKeyVerb.File(), new DisclosureOptions());
        var folder = new Argument<string>("folder")
        {
            HelpName = "FOLDER",
            Description = "Holds taxii.json, which says what is offered; collections are kept in it.",
        };
        var verb = new VerbCommand("serve", "Serve collections over TAXII 2.1 until stopped.")
        {
            Arguments = { folder },
            Options = { listen, certificate, keys },
            Examples =
            [
                ("On this machine", "stillwatch share serve ./taxii --log evidence --key evidence.key"),
                ("For others",
                    "stillwatch share serve ./taxii --listen 0.0.0.0:443 --certificate taxii.pfx --log evidence --key evidence.key"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                var path = parsed.GetRequiredValue(folder);
                var options = TaxiiServerOptions.Load(Path.Combine(path, "taxii.json"));
                using var open = disclosures.Open(parsed);
                await using var server = new TaxiiServer(
                    path, options, ApiKeys.Load(parsed.GetRequiredValue(keys)), open.Gate, TimeProvider.System);
                var host = await server.StartAsync(Address(parsed.GetRequiredValue(listen), parsed.GetValue(certificate)), cancellation);
                return await ServeAsync(host, terminal, cancellation);
            },
        };
        disclosures.AddTo(verb);
        return verb;
    }

    public static VerbCommand KeyService()
    {
        var (listen, certificate) = (Listen("127.0.0.1:8432"), Certificate());
        var (keys, disclosures) = (ApiKeyVerb.File(), new DisclosureOptions());
        var seed = new Option<string>("--seed")
        {
            HelpName = "FILE",
            Description = "The secret that all epochs' keys come from; made where it is absent.",
            DefaultValueFactory = static _ => "key-service.seed",
        };
        var perHour = new Option<int>("--per-hour")
        {
            HelpName = "N",
            Description = "How many values are evaluated for each lab in an hour.",
            DefaultValueFactory = static _ => EvaluationBudget.DefaultPerHour,
        };
        var verb = new VerbCommand("key-service", "Be the neutral party of private matching: evaluate blinded values until stopped.")
        {
            Options = { seed, perHour, listen, certificate, keys },
            Examples = [("On this machine", "stillwatch share key-service --keys key-service-keys.json --log evidence --key evidence.key")],
            Work = async (parsed, terminal, cancellation) =>
            {
                var budget = parsed.GetRequiredValue(perHour) is var elements and > 0
                    ? new EvaluationBudget(elements, TimeProvider.System)
                    : throw new UnusableException("--per-hour takes a number from 1 on.");
                using var epochs = new EpochKeys(SecretFile.ReadOrCreate(parsed.GetRequiredValue(seed), Scalar.Bytes), TimeProvider.System);
                using var open = disclosures.Open(parsed);
                var server = new KeyServer(
                    epochs, ApiKeys.Load(parsed.GetRequiredValue(keys)), budget, open.Gate, TimeProvider.System);
                await using var host = await server.StartAsync(
                    Address(parsed.GetRequiredValue(listen), parsed.GetValue(certificate)), cancellation);
                return await ServeAsync(host, terminal, cancellation);
            },
        };
        disclosures.AddTo(verb);
        return verb;
    }

    private static async Task<int> ServeAsync(SharingHost host, Terminal terminal, CancellationToken cancellation)
    {
        terminal.Note($"serving at {host.Address}");
        await host.WaitAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        return ExitStatus.Done;
    }

    private static Option<string> Listen(string address) => new("--listen")
    {
        HelpName = "ADDRESS:PORT",
        Description = "Where to listen; anything but this machine itself needs a certificate. Port 0 takes a free one.",
        DefaultValueFactory = _ => address,
    };

    private static Option<string?> Certificate() => new("--certificate")
    {
        HelpName = "FILE.pfx",
        Description = "Certificate and key for HTTPS (PKCS #12); its password, if any, in the environment variable "
            + "STILLWATCH_CERTIFICATE_PASSWORD.",
    };

    private static ListenAddress Address(string text, string? certificate) => IPEndPoint.TryParse(text, out var endpoint)
        ? new ListenAddress(endpoint, certificate is null ? null : ReadCertificate(certificate))
        : throw new UnusableException($"--listen takes an address and a port such as 127.0.0.1:8431, not '{text}'.");

    private static X509Certificate2 ReadCertificate(string path)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, Environment.GetEnvironmentVariable("STILLWATCH_CERTIFICATE_PASSWORD"));
        }
        catch (CryptographicException refused)
        {
            throw new UnusableException($"{path} cannot be read as PKCS #12 with this password: {refused.Message}");
        }
    }
}
