using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Cases;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Tests.Dossiers;

/// <summary>A case that was decided by two people, and its dossier.</summary>
internal static class DossierFixture
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Two samples, of which one asks for reasoning.</summary>
    public static JsonObject Samples { get; } = new()
    {
        ["rule"] = "a test",
        ["drawn_from"] = 480,
        ["interactions"] = new JsonArray(Sample(1, true), Sample(2, false)),
    };

    public static async Task<DossierFiles> MakeAsync(CaseFixture fixture)
    {
        await using (var desk = await fixture.DeskAsync())
        {
            await CaseFixture.OpenAsync(desk);
            await desk.NoteAsync(1, CaseFixture.Kim, "Looked at <script>alert(1)</script> alpha.", Token);
            await desk.DecideAsync(1, CaseFixture.Kim, new(Consequence.Block, "One operator."), Token);
            await desk.ConfirmAsync(1, CaseFixture.Lee, "So it is.", Token);
        }

        return await ExportOf(fixture).MakeAsync(1, Samples, Token);
    }

    public static DossierExport ExportOf(CaseFixture fixture) =>
        new(fixture.Log, fixture.Key, fixture.Vault, "stillwatch 0 on a test", new FixedTime(CaseFixture.Now));

    public static Task<IReadOnlyList<DossierCheck>> VerifyAsync(DossierFiles files, NoteVerifierKey key) =>
        DossierVerifier.VerifyAsync(files, TrustPolicy.Of(key), cancellation: Token);

    /// <summary>Whether a verifier accepts a dossier; one that is refused as malformed is not accepted.</summary>
    public static async Task<bool> IsAcceptedAsync(Func<DossierFiles> read, NoteVerifierKey key)
    {
        try
        {
            return (await VerifyAsync(read(), key)).All(check => check.Holds);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>A dossier with changed files, signed again by whoever has the log's key.</summary>
    public static DossierFiles Forge(DossierFiles files, NoteSigningKey key, params (string Name, string? Content)[] changes)
    {
        var forged = new DossierFiles();
        foreach (var name in files.Names.Where(name => !name.StartsWith("SHA256SUMS", StringComparison.Ordinal)))
        {
            if (changes.All(change => change.Name != name))
            {
                forged.Add(name, files.Get(name));
            }
        }

        foreach (var (name, content) in changes.Where(change => change.Content is not null))
        {
            forged.Add(name, Encoding.UTF8.GetBytes(content!));
        }

        DossierManifest.Seal(forged, 1, key);
        return forged;
    }

    private static JsonObject Sample(ulong key, bool asks) => new InteractionSample(
        "acct-x", CaseFixture.Now, key, "aurora", 7, 100, 20, 30, asks, string.Empty).ToJson();
}
