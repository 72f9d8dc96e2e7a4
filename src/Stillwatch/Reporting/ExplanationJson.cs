using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>
/// Writes an explanation, format <c>stillwatch.explanation/1</c>: one JSON object in UTF-8. Equal explanations give equal bytes.
/// </summary>
public static class ExplanationJson
{
    private static readonly JsonWriterOptions Options =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="utf8">Where to; not closed.</param>
    /// <param name="explanation">What.</param>
    /// <param name="cancellationToken">Stops the writing, leaving the content incomplete.</param>
    public static async Task WriteAsync(Stream utf8, Explanation explanation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(explanation);
        var json = new Utf8JsonWriter(utf8, Options);
        await using (json.ConfigureAwait(false))
        {
            Write(json, explanation);
            await json.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        await utf8.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, Explanation explanation)
    {
        json.WriteStartObject();
        json.WriteString("schema", Explanation.CurrentSchema);
        json.WriteString("kind", explanation.IsAccount ? "account" : "campaign");
        json.WriteString("subject", explanation.Subject);
        json.WriteString("verdict", Wording.Name(explanation.Verdict));
        WriteNumber(json, "p_value", explanation.Account?.PValue);
        WriteNumber(json, "score", explanation.Account?.Score);
        WriteNumber(json, "score_needed", explanation.Account?.ScoreNeeded);
        if (explanation.Campaign is { } campaign)
        {
            WriteCampaign(json, campaign);
        }

        WriteTexts(json, "summary", explanation.Summary);
        WriteReasons(json, "account_reasons", explanation.AccountReasons);
        WriteReasons(json, "campaign_reasons", explanation.CampaignReasons);
        WriteTexts(json, "exits", explanation.Exits);
        WriteTexts(json, "limits", explanation.Limits);
        json.WriteEndObject();
    }

    private static void WriteCampaign(Utf8JsonWriter json, CampaignFinding campaign)
    {
        json.WriteStartObject("campaign");
        json.WriteString("id", campaign.Id.Value);
        json.WriteNumber("accounts", campaign.Accounts.Count);
        json.WriteNumber("interactions", campaign.Interactions);
        json.WriteNumber("log10_e_value", campaign.Log10EValue);
        WriteNumber(json, "log10_level", campaign.Log10Level);
        WriteNumber(json, "log10_content", campaign.Log10Content);
        WriteNumber(json, "log10_corroboration", campaign.Log10Corroboration);
        json.WriteEndObject();
    }

    private static void WriteReasons(Utf8JsonWriter json, string name, IReadOnlyList<ExplainedReason> reasons)
    {
        json.WriteStartArray(name);
        foreach (var (reason, definition, counterfactual) in reasons)
        {
            json.WriteStartObject();
            json.WriteString("code", reason.Code);
            json.WriteString("summary", reason.Summary);
            WriteNumber(json, "log10_e_value", reason.Log10EValue);
            WriteNumber(json, "log10_without", reason.Log10Without);
            if (reason.VerdictWithout is { } verdict)
            {
                json.WriteString("verdict_without", Wording.Name(verdict));
            }

            json.WriteString("without", counterfactual);
            if (definition is not null)
            {
                ReasonJson.WriteMembers(json, definition);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
