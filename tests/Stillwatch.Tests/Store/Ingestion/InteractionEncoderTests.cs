using System.Text;
using Stillwatch.Interactions;
using Stillwatch.Store;
using Stillwatch.Store.Ingestion;
using Stillwatch.Store.Schema;

namespace Stillwatch.Tests.Store.Ingestion;

public sealed class InteractionEncoderTests
{
    private const string Prompt = "Grade the answer by this rubric, then explain step by step.";

    private static readonly ContentPolicy Full = ContentPolicy.All(ContentTreatment.Full);

    [Fact]
    public void Encode_AnInteraction_FillsEveryColumnOfTheTable()
    {
        var rows = Encode(Full, SampleInteraction.Create());
        Assert.Equal(StoreTables.Interactions.Written.Count, rows.Block.Columns.Count());
        Assert.Equal(1, rows.Block.Rows);
        Assert.Equal(new RowHead(SampleInteraction.Noon, Named(LabelKind.Account, "acct_1"), Key("acct_1")), Assert.Single(rows.Heads));
    }

    [Fact]
    public void Encode_TwoInteractions_NamesWhatTheyShareOnce()
    {
        var rows = Encode(Full, SampleInteraction.Create(), SampleInteraction.Create(id: "req_2"));
        var labels = rows.Labels.ToDictionary(static label => label.Kind, static label => label.ToString());
        Assert.Equal(rows.Labels.Count, labels.Count);
        Assert.Equal(
            [
                (LabelKind.Account, "acct_1"), (LabelKind.Organization, "org_1"), (LabelKind.ApiKey, "key_acct_1"),
                (LabelKind.Model, "aurora-2"), (LabelKind.Operation, "chat"), (LabelKind.Address, "198.51.100.7"),
                (LabelKind.Network, "198.51.100.0"), (LabelKind.Agent, "client/1.0"), (LabelKind.Ja4, "t13d1516h2_8daaf6152771"),
                (LabelKind.Finish, "stop"),
            ],
            labels.OrderBy(static label => label.Key).Select(static label => (label.Key, label.Value)));
    }

    [Fact]
    public void Encode_UnderFull_KeepsTheTexts()
    {
        var bytes = Bytes(Full, SampleInteraction.Create(prompt: Prompt));
        Assert.All(
            ["You are terse.", Prompt, "An answer.", "search", "The reply."],
            text => Assert.Contains(text, bytes, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sketch")]
    [InlineData("none")]
    public void Encode_UnderLess_KeepsNoText(string policy)
    {
        Assert.True(ContentPolicy.TryParse(policy, out var parsed, out _));
        var bytes = Bytes(parsed, SampleInteraction.Create(prompt: Prompt));
        Assert.All(
            ["You are terse.", "rubric", "answer", "search", "reply"],
            text => Assert.DoesNotContain(text, bytes, StringComparison.Ordinal));
    }

    [Fact]
    public void Encode_UnderNone_DoesNotDependOnTheTexts()
    {
        var none = ContentPolicy.All(ContentTreatment.None);
        var (one, other) = (SampleInteraction.Create(prompt: Prompt), SampleInteraction.Create(prompt: "Something else."));
        Assert.Equal(Bytes(none, one), Bytes(none, other));
        Assert.NotEqual(Bytes(ContentPolicy.Default, one), Bytes(ContentPolicy.Default, other));
    }

    [Fact]
    public void Encode_SystemNone_LeavesOutSystemMessagesOfTheConversationToo()
    {
        Assert.True(ContentPolicy.TryParse("system=none,messages=full", out var policy, out _));
        var conversation = new PromptContent
        {
            Messages =
            [
                new("system", SampleInteraction.Bytes("The hidden instruction.")), new("user", SampleInteraction.Bytes("Hello there.")),
            ],
        };
        var bytes = Bytes(policy, new() { ObservedAtMs = SampleInteraction.Noon, Account = new("a"), Model = "m", Request = conversation });
        Assert.Contains("Hello there.", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", bytes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(49_710L * 24 * 60 * 60 * 1000)]
    public void Encode_ATimeThatDatesCannotHold_Throws(long time) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(Full, SampleInteraction.Create(time: time)));

    private static ulong Named(LabelKind kind, string text) => StoreKeys.Text(kind, text);

    private static ulong Key(string account) => StoreKeys.Interaction("req_1", SampleInteraction.Noon, Named(LabelKind.Account, account));

    private static EncodedRows Encode(ContentPolicy policy, params IReadOnlyList<Interaction> interactions)
    {
        var rows = new EncodedRows();
        new InteractionListEncoder(new(policy)).Encode(interactions, rows);
        return rows;
    }

    private static string Bytes(ContentPolicy policy, Interaction interaction)
    {
        using var rows = Encode(policy, interaction);
        var text = new StringBuilder();
        foreach (var part in rows.Block.Encode())
        {
            text.Append(Encoding.Latin1.GetString(part.Span));
        }

        return text.ToString();
    }
}
