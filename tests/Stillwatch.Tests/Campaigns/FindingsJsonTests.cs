using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Tests.Campaigns;

public sealed class FindingsJsonTests
{
    private const string Minimal =
        """{"schema":"stillwatch.findings/1","interactions":1,"accounts_seen":1,"campaigns":[],"accounts":[]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_EveryMember_GivesTheFormatsBytes()
    {
        var expected =
            """
            {
              "schema": "stillwatch.findings/1",
              "interactions": 12,
              "rejected": 1,
              "accounts_seen": 3,
              "from": "2026-03-01T00:00:00.000Z",
              "to": "2026-03-02T00:00:00.250Z",
              "campaigns": [
                {
                  "id": "c-1",
                  "accounts": [
                    "a",
                    "é"
                  ],
                  "interactions": 9,
                  "first_seen": "2026-03-01T00:00:00.000Z",
                  "last_seen": "2026-03-02T00:00:00.250Z",
                  "alerted_at": "2026-03-01T12:00:00.000Z",
                  "interactions_before_alert": 4,
                  "log10_e_value": 8.25,
                  "log10_level": 4.5,
                  "log10_content": 5.25,
                  "log10_corroboration": 3,
                  "models": [
                    "m-1"
                  ],
                  "reasons": [
                    {
                      "code": "shared-payment",
                      "summary": "2 accounts share 1 card.",
                      "log10_e_value": 3.5,
                      "log10_without": 6.25,
                      "verdict_without": "restrict"
                    }
                  ]
                }
              ],
              "accounts": [
                {
                  "account": "a",
                  "campaign": "c-1",
                  "verdict": "block",
                  "p_value": 0.001,
                  "score": 1.05,
                  "score_needed": 0.75,
                  "reasons": []
                },
                {
                  "account": "z",
                  "near": "c-1",
                  "verdict": "review",
                  "reasons": []
                }
              ]
            }

            """;
        Assert.Equal(expected, await WriteAsync(Full()));
    }

    [Fact]
    public async Task Read_WhatWasWritten_WritesTheSameBytes()
    {
        var written = await WriteAsync(Full());
        Assert.Equal(written, await WriteAsync(await ReadAsync(written)));
    }

    [Fact]
    public async Task Read_RequiredMembersOnly_LeavesTheRestNull()
    {
        var findings = await ReadAsync(Minimal);
        Assert.Null(findings.Rejected);
        Assert.Null(findings.From);
        Assert.Empty(findings.Campaigns);
    }

    [Fact]
    public async Task Read_UnknownMembers_IgnoresThem() =>
        Assert.Equal(7, (await ReadAsync(With("interactions", "7,\"extra\":[{\"x\":1}]"))).Interactions);

    [Theory]
    [InlineData("2026-03-01T12:00:00Z", "2026-03-01T12:00:00.000Z")]
    [InlineData("2026-03-01t12:00:00.5z", "2026-03-01T12:00:00.500Z")]
    [InlineData("2026-03-01T12:00:00.1234567+02:00", "2026-03-01T10:00:00.123Z")]
    public async Task Read_Rfc3339Time_IsTheInstant(string written, string canonical)
    {
        var findings = await ReadAsync(With("interactions", $"1,\"from\":\"{written}\""));
        Assert.Contains($"\"from\": \"{canonical}\"", await WriteAsync(findings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "at its end|line 1")]
    [InlineData("null", "one JSON object")]
    [InlineData("[]", "line 1, $: the value is of the wrong type")]
    [InlineData("{", "line 1")]
    [InlineData("{\"schema\":\"stillwatch.findings/1\"}",
        "the required member is missing: 'interactions', 'accounts_seen', 'campaigns', 'accounts'")]
    public async Task Read_NotAFindingsObject_NamesFileAndFault(string content, string fault) => await AssertRefusedAsync(content, fault);

    [Theory]
    [InlineData("schema", "\"stillwatch.findings/2\"", "$.schema: \"stillwatch.findings/2\" is not a format this version reads")]
    [InlineData("interactions", "-1", "$.interactions: -1 is negative")]
    [InlineData("interactions", "1.5", "line 1, $.interactions: the value is of the wrong type or out of range")]
    [InlineData("interactions", "1,\"interactions\":2", "line 1, $.interactions: the member interactions is given twice")]
    [InlineData("interactions", "1,\"from\":\"2026-03-01T12:00:00\"", "$.from: a time is written as RFC 3339 with an offset")]
    [InlineData("interactions", "1,\"from\":\"yesterday\"", "$.from: a time is written as RFC 3339 with an offset")]
    [InlineData("campaigns", "null", "line 1, $.campaigns: null stands where a value is required")]
    [InlineData("campaigns", "[null]", "$.campaigns[0]: null stands where a value is required")]
    [InlineData("campaigns", "[{\"id\":\"\"}]", "$.campaigns[0].id: a campaign's id is a string of 1 to 128")]
    [InlineData("campaigns", "[{\"id\":\"a\"}]",
        "$.campaigns[0]: the required member is missing: 'accounts', 'interactions', 'log10_e_value', 'reasons'")]
    [InlineData("campaigns", "[" + CampaignA + "," + CampaignA + "]", "$.campaigns[1].id: \"a\" is the id of an earlier campaign")]
    [InlineData("campaigns", "[{\"id\":\"a\",\"accounts\":[\"x\",\"x\"],\"interactions\":0,\"log10_e_value\":1,\"reasons\":[]}]",
        "$.campaigns[0].accounts[1]: \"x\" is named twice")]
    [InlineData("accounts", "[{\"account\":\"x\",\"verdict\":\"ban\",\"reasons\":[]}]", "$.accounts[0].verdict: a verdict is one of")]
    [InlineData("accounts", "[{\"account\":\"x\",\"verdict\":3,\"reasons\":[]}]", "$.accounts[0].verdict: a verdict is one of")]
    [InlineData("accounts", "[{\"account\":null,\"verdict\":\"block\",\"reasons\":[]}]", "$.accounts[0].account: an account is a string")]
    [InlineData("accounts", "[{\"account\":\"x\",\"verdict\":\"block\",\"p_value\":1.5,\"reasons\":[]}]",
        "$.accounts[0].p_value: 1.5 is no probability")]
    [InlineData("accounts", "[{\"account\":\"x\",\"verdict\":\"block\",\"score\":-0.5,\"reasons\":[]}]",
        "$.accounts[0].score: -0.5 is negative; a score is at least 0")]
    [InlineData("accounts", "[{\"account\":\"x\",\"verdict\":\"block\",\"near\":\"\",\"reasons\":[]}]",
        "$.accounts[0].near: a campaign's id is a string of 1 to 128")]
    [InlineData("accounts",
        "[{\"account\":\"x\",\"verdict\":\"block\",\"reasons\":[{\"code\":\"c\",\"summary\":\"s\",\"verdict_without\":\"ban\"}]}]",
        "$.accounts[0].reasons[0].verdict_without: a consequence is one of")]
    [InlineData("accounts", "[{\"account\":\"x\",\"verdict\":\"block\",\"reasons\":[null]}]", "$.accounts[0].reasons[0]: null stands")]
    [InlineData("accounts", "[" + AccountX + "," + AccountX + "]", "$.accounts[1].account: \"x\" already has a verdict")]
    public async Task Read_BadMember_NamesFileAndMember(string member, string value, string fault) =>
        await AssertRefusedAsync(With(member, value), fault);

    [Fact]
    public async Task Read_AccountNameTooLong_IsRefused() =>
        await AssertRefusedAsync(
            With("accounts", $$"""[{"account":"{{new string('x', AccountId.MaxLength + 1)}}","verdict":"block","reasons":[]}]"""),
            "$.accounts[0].account: an account is a string of 1 to 512 characters");

    [Fact]
    public async Task Read_HostileNesting_IsRefused() =>
        await AssertRefusedAsync($"{{\"extra\":{new string('[', 100_000)}", "line 1");

    [Fact]
    public async Task Read_LongerThanTheBound_IsRefused()
    {
        var endless = new BoundedReadStream(new MemoryStream(Encoding.UTF8.GetBytes(Minimal)), maxBytes: 10);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => FindingsJson.ReadAsync(endless, "f.json", Cancellation));
        Assert.Equal("f.json: longer than 10 bytes, the most that is read", refused.Message);
    }

    private const string CampaignA = "{\"id\":\"a\",\"accounts\":[],\"interactions\":0,\"log10_e_value\":1,\"reasons\":[]}";

    private const string AccountX = "{\"account\":\"x\",\"verdict\":\"block\",\"reasons\":[]}";

    private static async Task AssertRefusedAsync(string content, string faults)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(content));
        Assert.StartsWith("f.json", refused.Message, StringComparison.Ordinal);
        Assert.True(faults.Split('|').Any(fault => refused.Message.Contains(fault, StringComparison.Ordinal)), refused.Message);
        Assert.DoesNotContain("System.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Stillwatch.", refused.Message, StringComparison.Ordinal);
    }

    private static string With(string member, string value)
    {
        var members = new Dictionary<string, string>
        {
            ["schema"] = "\"stillwatch.findings/1\"",
            ["interactions"] = "1",
            ["accounts_seen"] = "1",
            ["campaigns"] = "[]",
            ["accounts"] = "[]",
            [member] = value,
        };
        return $"{{{string.Join(',', members.Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }

    private static Findings Full() => new()
    {
        Interactions = 12,
        Rejected = 1,
        AccountsSeen = 3,
        From = At(0),
        To = At(86_400_250),
        Campaigns =
        [
            new()
            {
                Id = new("c-1"),
                Accounts = [new("a"), new("é")],
                Interactions = 9,
                FirstSeen = At(0),
                LastSeen = At(86_400_250),
                AlertedAt = At(43_200_000),
                InteractionsBeforeAlert = 4,
                Log10EValue = 8.25,
                Log10Level = 4.5,
                Log10Content = 5.25,
                Log10Corroboration = 3,
                Models = ["m-1"],
                Reasons =
                [
                    new()
                    {
                        Code = "shared-payment",
                        Summary = "2 accounts share 1 card.",
                        Log10EValue = 3.5,
                        Log10Without = 6.25,
                        VerdictWithout = Consequence.Restrict,
                    },
                ],
            },
        ],
        Accounts =
        [
            new()
            {
                Account = new("a"),
                Campaign = new("c-1"),
                Verdict = Verdict.Block,
                PValue = 0.001,
                Score = 1.05,
                ScoreNeeded = 0.75,
                Reasons = [],
            },
            new() { Account = new("z"), Near = new("c-1"), Verdict = Verdict.Review, Reasons = [] },
        ],
    };

    private static DateTimeOffset At(long offsetMs) => new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(offsetMs);

    private static Task<Findings> ReadAsync(string content) =>
        FindingsJson.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), "f.json", Cancellation);

    private static async Task<string> WriteAsync(Findings findings)
    {
        var stream = new MemoryStream();
        await FindingsJson.WriteAsync(stream, findings, Cancellation);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
