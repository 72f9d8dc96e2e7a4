using System.Text;
using System.Text.Json;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;

namespace Stillwatch.Tests.Evaluation;

public sealed class EvaluationJsonTests
{
    /// <summary>The members as docs/formats/evaluation.md lists them, in its order.</summary>
    private static readonly string[] Members =
    [
        "schema", "confidence", "benign_accounts", "campaign_accounts", "unseen_accounts", "unlabelled_accounts", "acted", "flagged",
        "campaign_recall", "campaign_precision", "false_campaigns", "campaigns", "benign_classes",
    ];

    [Fact]
    public async Task Write_AReport_HasTheDocumentedMembers()
    {
        using var json = await WriteAsync();
        Assert.Equal(Members, json.RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["precision", "recall", "false_positive_rate", "recall_in_campaigns"],
            json.RootElement.GetProperty("acted").EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["count", "of", "value", "lower", "upper"],
            json.RootElement.GetProperty("campaign_recall").EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            [
                "campaign", "class", "acted", "flagged", "grouped", "detected", "finding", "purity", "fragments", "alerted_at",
                "hours_until_alert", "through_before_alert",
            ],
            json.RootElement.GetProperty("campaigns")[0].EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Write_WhatIsNotKnown_IsNull()
    {
        using var json = await WriteAsync();
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("acted").GetProperty("precision").GetProperty("value").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("campaigns")[0].GetProperty("alerted_at").ValueKind);
    }

    private static async Task<JsonDocument> WriteAsync()
    {
        var truth = new Truth([new() { Account = new("é"), Label = AccountLabel.Campaign, Campaign = "é" }]);
        var findings = new Findings { Interactions = 0, AccountsSeen = 0, Campaigns = [], Accounts = [] };
        var stream = new MemoryStream();
        await EvaluationJson.WriteAsync(stream, FindingsEvaluator.Evaluate(findings, truth), TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("\"campaign\": \"é\"", text, StringComparison.Ordinal);
        return JsonDocument.Parse(text);
    }
}
