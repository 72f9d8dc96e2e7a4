using System.CommandLine;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Lineage;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>Dossiers, made and verified.</summary>
internal static class DossierVerbs
{
    private const int DefaultSamples = 100;

    private static readonly CaseArguments Step = CaseArguments.Create();
    private static readonly Argument<int> Number = CaseOptions.Number();

    private static readonly Option<string> Out = new("--out")
    {
        HelpName = "FILE.zip|DIRECTORY",
        Description = "Where the dossier goes: a zip file, or a new folder.",
        Required = true,
    };

    private static readonly Option<string> Recipient = new("--recipient")
    {
        HelpName = "NAME",
        Description = "Who is to get it; the log records the disclosure before the dossier is written.",
        Required = true,
    };

    private static readonly Option<string?> StoreAddress = new("--store")
    {
        HelpName = "DIRECTORY|URL",
        Description = "The store that holds the interactions; without it there are no samples.",
    };

    private static readonly Option<int> Samples = new("--samples")
    {
        HelpName = "COUNT",
        Description = $"Interactions to sample, 1 to {InteractionSampler.MaxSamples}.",
        DefaultValueFactory = static _ => DefaultSamples,
    };

    private static readonly Option<bool> WithContent = new("--with-content")
    {
        Description = "Put the messages of the sampled interactions in, where the store keeps them; else only hashes and figures.",
    };

    private static readonly Argument<string> Dossier = new("dossier")
    {
        Description = "A dossier, or the report of a lineage test: the zip file or the folder.",
    };

    private static readonly Option<string?> VerifierKey = new("--vkey")
    {
        HelpName = "VKEY|FILE",
        Description = "The log's verifier key, from somebody you trust; or --policy.",
    };

    public static VerbCommand Export() => Step.AddTo(new("export", "Write the dossier of a case: signed, whole, verifiable offline.")
    {
        Arguments = { Number },
        Options = { Out, Recipient, StoreAddress, Samples, WithContent },
        Examples =
        [
            ("A dossier with samples", "stillwatch case export 1 --out case-1.zip --recipient counsel --store stillwatch-data "
                + "--log evidence --key evidence.key --cases cases --operator kim"),
        ],
        Work = ExportAsync,
    });

    public static Command Evidence() => new("evidence", "Verify what others hand over.") { Subcommands = { Verify() } };

    private static VerbCommand Verify() => new("verify", "Verify a dossier offline: every hash, signature, proof and figure.")
    {
        Arguments = { Dossier },
        Options = { VerifierKey, TrustOptions.Policy, TrustOptions.Roots, LineageVerb.Keys, LineageVerb.Book, LineageVerb.IntegrityOnly },
        Examples =
        [
            ("Is the dossier what the log's owner signed?", "stillwatch evidence verify case-1.zip --vkey evidence.key.pub"),
            ("And were its timestamps made by this authority?",
                "stillwatch evidence verify case-1.zip --vkey evidence.key.pub --roots tsa.pem"),
        ],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var trust = ReadTrust(parsed);
            var authorities = parsed.GetValue(TrustOptions.Roots) is { } roots ? TransparencyOptions.ReadCertificates(roots) : null;
            var files = DossierFiles.Read(parsed.GetRequiredValue(Dossier));
            return LineageReportFiles.Are(files)
                ? await LineageVerb.VerifyAsync(new(files, trust, authorities), parsed, terminal, cancellation)
                : await LineageVerb.SayAsync(
                    await DossierVerifier.VerifyAsync(files, trust, authorities, cancellation), terminal, cancellation);
        },
    };

    private static TrustPolicy ReadTrust(ParseResult parsed) => (parsed.GetValue(VerifierKey), parsed.GetValue(TrustOptions.Policy)) switch
    {
        ({ } key, null) => TrustPolicy.Of(TransparencyOptions.ReadVerifierKey(key)),
        (null, { } policy) => TransparencyOptions.ReadPolicy(policy),
        _ => throw new UnusableException("say whom you trust: --vkey with the log's key, or --policy."),
    };

    private static async Task<int> ExportAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var (number, target) = (parsed.GetRequiredValue(Number), parsed.GetRequiredValue(Out));
        ReportTarget.Check(target);
        var actor = CaseOptions.ReadOperator(parsed.GetValue(Step.Operator));
        var vault = new CaseVault(parsed.GetRequiredValue(Step.Vault));
        var samples = await DrawAsync(parsed, vault, number, cancellation);
        return await CaseOptions.StepAsync(
            Step,
            parsed,
            async desk =>
            {
                using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Step.Key));
                var export = new DossierExport(
                    parsed.GetRequiredValue(Step.Log), key, vault, VersionVerb.Software, TimeProvider.System);
                var files = await export.MakeAsync(number, samples, cancellation);
                var disclosure = new Disclosure
                {
                    Kind = DisclosureKind.Dossier,
                    Recipient = parsed.GetRequiredValue(Recipient),
                    GivenAt = TimeProvider.System.GetUtcNow(),
                    Items = DossierManifest.Items(files),
                };
                var outcome = await desk.DiscloseAsync(number, actor, disclosure, cancellation);
                if (outcome.Refusal is null)
                {
                    await ReportTarget.WriteAsync(files, target, cancellation);
                }

                return outcome;
            },
            cancellation);
    }

    private static async Task<JsonObject?> DrawAsync(ParseResult parsed, CaseVault vault, int number, CancellationToken cancellation)
    {
        if (parsed.GetValue(StoreAddress) is not { } address)
        {
            return null;
        }

        var count = parsed.GetValue(Samples) is >= 1 and <= InteractionSampler.MaxSamples and var given
            ? given
            : throw new UnusableException($"--samples takes 1 to {InteractionSampler.MaxSamples}.");
        using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Step.Key));
        var state = CaseBook.Read(parsed.GetRequiredValue(Step.Log), key.VerifierKey, cancellation).Find(number);
        var names = new CaseReading(vault, Pseudonyms.OpenOrCreate(vault.PseudonymKeyPath)).Names(state);
        await using var store = await InteractionStore.OpenAsync(InputOptions.ExistingStore(address), null, cancellation);
        return await InteractionSampler.DrawAsync(store, names, count, parsed.GetValue(WithContent), cancellation);
    }
}
