using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.Tests.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.Cases;

/// <summary>A log, a vault and findings with one campaign of six accounts and one near it.</summary>
internal sealed class CaseFixture : IDisposable
{
    public const string Campaign = "campaign-1";

    public static readonly DateTimeOffset Now = new(2026, 11, 28, 20, 0, 0, TimeSpan.Zero);

    private readonly ScratchFolder _scratch = ScratchFolder.InMemory();

    private CaseFixture() => Vault = new(_scratch.At("cases"));

    public static CaseActor Kim { get; } = CaseActor.Person("kim");

    public static CaseActor Lee { get; } = CaseActor.Person("lee");

    public NoteSigningKey Key { get; } = TestKeys.Log(LogFiles.Origin);

    public CaseVault Vault { get; }

    public string Log => _scratch.At("log");

    public static async Task<CaseFixture> CreateAsync()
    {
        var fixture = new CaseFixture();
        await using var log = LogWriter.Create(fixture.Log, fixture.Key);
        return fixture;
    }

    /// <summary>
    /// Figures as a hunt writes them: content is the weaker test of the gate, the level that of 113 groups at 1 % and two campaigns.
    /// </summary>
    public static Task<Findings> FindingsAsync() => FindingsJson.ReadAsync(
        new MemoryStream(Encoding.UTF8.GetBytes(
            """
            {"schema":"stillwatch.findings/1","interactions":900,"accounts_seen":300,
             "from":"2026-11-01T00:00:00.000Z","to":"2026-11-20T00:00:00.000Z",
             "campaigns":[
              {"id":"campaign-1","accounts":["alpha","beta","gamma one","delta","eps@x.org","zeta"],"interactions":480,
               "first_seen":"2026-11-02T00:00:00.000Z","last_seen":"2026-11-19T00:00:00.000Z",
               "log10_e_value":9.431,"log10_level":3.752,"log10_content":6.931,"log10_corroboration":2.5,
               "reasons":[
                {"code":"work-partition","summary":"alpha and gamma one began alike.","log10_e_value":9.377,
                 "log10_without":2.5,"verdict_without":"clear"},
                {"code":"interchangeable-content","summary":"No topics <b>of</b> their own.","log10_e_value":6.931,
                 "log10_without":2.5,"verdict_without":"clear"},
                {"code":"shared-payment","summary":"They pay alike.","log10_e_value":1.796}]},
              {"id":"campaign-2","accounts":["other"],"interactions":9,"log10_e_value":8,"reasons":[]}],
             "accounts":[
              {"account":"alpha","campaign":"campaign-1","verdict":"block","reasons":[{"code":"campaign-member","summary":"Like beta."}]},
              {"account":"beta","campaign":"campaign-1","verdict":"block","reasons":[]},
              {"account":"theta","near":"campaign-1","verdict":"review","reasons":[]},
              {"account":"other","campaign":"campaign-2","verdict":"restrict","reasons":[]}]}
            """)),
        "findings.json");

    public Task<CaseDesk> DeskAsync(DateTimeOffset? at = null) =>
        CaseDesk.OpenAsync(Log, Key, Vault, new FixedTime(at ?? Now), TestContext.Current.CancellationToken);

    public CaseBook Book() => CaseBook.Read(Log, Key.VerifierKey, TestContext.Current.CancellationToken);

    /// <summary>Opens case 1.</summary>
    public static async Task<CaseOutcome> OpenAsync(CaseDesk desk, string digest = "f1") => await desk.OpenCaseAsync(
        await FindingsAsync(), Campaign, new(digest, "stillwatch 0 on a test", 0.01, 2), Kim, TestContext.Current.CancellationToken);

    public string At(params string[] parts) => _scratch.At(parts);

    public void Dispose()
    {
        Key.Dispose();
        _scratch.Dispose();
    }
}
