using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Reporting;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>The dossier for people: one HTML page without scripts and without anything from elsewhere, made to be printed.</summary>
internal sealed class DossierNarrative(DossierSource source, DossierDerivation derived)
{
    private const int ShownSamples = 50;

    private readonly HtmlMarkup _html = new();

    private CampaignFinding Campaign => derived.Findings.Campaigns[0];

    public string Write()
    {
        Begin();
        WriteSummary();
        WriteTimeline();
        WriteEvidence();
        WriteFigures();
        WriteAccounts();
        WriteSamples();
        WriteOrigin();
        _html.Add($"</main></body></html>\n");
        return _html.ToString();
    }

    private void Begin() => _html.Add(
        $$"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Dossier of case {{Number(source.Number)}}</title>
        <style>
        body{font:11pt/1.45 Georgia,serif;color:#111;background:#fff;margin:2rem auto;max-width:52rem;padding:0 1rem}
        h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.2;break-after:avoid}
        table{border-collapse:collapse;width:100%;font-size:9pt;margin:.5rem 0 1rem}
        th,td{border:1px solid #999;padding:.2rem .4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
        tr{break-inside:avoid} thead{display:table-header-group} code{font-size:9pt;overflow-wrap:anywhere}
        @page{margin:2cm} @media print{body{margin:0;max-width:none} }
        </style></head><body><main>

        """);

    private void WriteSummary()
    {
        var verdict = derived.State.Verdict is { } decided ? CasePolicy.NameOf(decided) : "none";
        _html.Add($"<h1>Dossier of case {Number(source.Number)}: {derived.State.Campaign}</h1>\n<h2>What happened</h2>\n");
        _html.Add($"<p>The case is {derived.State.Status.ToString().ToLowerInvariant()}; the decision: {verdict}.</p>\n");
        if (new Explainer(derived.Findings).Campaign(derived.State.Campaign) is { } explanation)
        {
            foreach (var sentence in explanation.Summary)
            {
                _html.Add($"<p>{sentence}</p>\n");
            }
        }

        _html.Add($"<p>Accounts stand under pseudonyms: keyed hashes, whose key stays with the provider.</p>\n");
    }

    private void WriteTimeline()
    {
        _html.Add($"<h2>Timeline and decisions</h2>\n");
        Table(
            ["When (UTC)", "What", "By", "Entry"],
            derived.Events(source).Select(one => new[]
            {
                one.Time, one.What, one.By ?? string.Empty, one.Entry?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
            }));
    }

    private void WriteEvidence()
    {
        _html.Add($"<h2>Evidence</h2>\n");
        var explanation = new Explainer(derived.Findings).Campaign(derived.State.Campaign);
        Table(
            ["Reason", "Figures", "log10 e-value", "What it tests", "What it cannot mean"],
            (explanation?.CampaignReasons ?? []).Select(reason => new[]
            {
                $"{reason.Title} ({reason.Reason.Code})",
                reason.Reason.Summary,
                reason.Reason.Log10EValue is { } log10 ? Number(log10) : "not weighed",
                reason.Definition?.NullHypothesis ?? string.Empty,
                reason.Definition?.CannotMean ?? string.Empty,
            }));
        foreach (var limit in explanation?.Limits ?? [])
        {
            _html.Add($"<p>{limit}</p>\n");
        }
    }

    private void WriteFigures()
    {
        _html.Add($"<h2>Figures</h2>\n<p>Each was computed again from what is in this dossier.</p>\n");
        Table(["Figure", "Value"], derived.Figures.Json.Select(pair => new[] { pair.Key.Replace('_', ' '), pair.Value!.ToJsonString() }));
    }

    private void WriteAccounts()
    {
        _html.Add($"<h2>Accounts</h2>\n");
        var findings = derived.Findings.Accounts.ToDictionary(account => account.Account);
        Table(
            ["Account", "The hunt advised"],
            Campaign.Accounts.Select(account => new[]
            {
                account.Value,
                findings.TryGetValue(account, out var found) ? CasePolicy.NameOf((Consequence)found.Verdict) : "nothing",
            }));
    }

    private void WriteSamples()
    {
        if (source.Samples?["interactions"] is not System.Text.Json.Nodes.JsonArray drawn)
        {
            return;
        }

        _html.Add($"<h2>Sampled interactions</h2>\n<p>The first {Number(Math.Min(ShownSamples, drawn.Count))} of {Number(drawn.Count)}, ");
        _html.Add($"drawn by a fixed rule: {source.Samples["rule"]?.GetValue<string>()}. All are in samples.json.</p>\n");
        string[] members = ["account", "at", "model", "key", "prompt", "messages_sha256"];
        Table(
            ["Account", "When (UTC)", "Model", "Key", "Prompt hash", "SHA-256 of the messages"],
            drawn.Take(ShownSamples).Select(one => members.Select(member => one![member]?.GetValue<string>() ?? string.Empty).ToArray()));
    }

    private void WriteOrigin()
    {
        var checkpoint = SignedCheckpoint.ParseUnverified(source.Checkpoint).Checkpoint;
        _html.Add($"<h2>Origin</h2>\n");
        Table(
            ["What", "Value"],
            [
                ["Program that opened the case", derived.Parameters.Software],
                ["Program that made this dossier", source.Software],
                ["Made at", source.MadeAt],
                ["SHA-256 of the findings file", derived.Parameters.FindingsDigest],
                ["Accepted share of false campaigns", Number(derived.Parameters.FalseDiscoveryRate)],
                ["Campaigns in the findings", Number(derived.Parameters.Campaigns)],
                ["Log", checkpoint.Origin],
                ["Size of the log", checkpoint.Size.ToString(CultureInfo.InvariantCulture)],
                ["Root of the log", checkpoint.Root.ToString()],
            ]);
        _html.Add($"<p>README.txt says how to check all of this, also without the program that made it.</p>\n");
    }

    private void Table(IEnumerable<string> titles, IEnumerable<string[]> rows)
    {
        _html.Add($"<table><thead><tr>");
        foreach (var title in titles)
        {
            _html.Add($"<th scope=\"col\">{title}</th>");
        }

        _html.Add($"</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            _html.Add($"<tr>");
            foreach (var cell in row)
            {
                _html.Add($"<td>{cell}</td>");
            }

            _html.Add($"</tr>\n");
        }

        _html.Add($"</tbody></table>\n");
    }

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
