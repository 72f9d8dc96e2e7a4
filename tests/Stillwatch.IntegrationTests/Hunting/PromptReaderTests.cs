using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Coordination;
using Stillwatch.IntegrationTests.Store;
using Stillwatch.Profiles;
using Stillwatch.Store;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>What is drawn of accounts' prompts: items of work, by one order for all.</summary>
public sealed class PromptReaderTests : HuntingTests
{
    private const int Sampled = 40;
    private static readonly DateTimeOffset Start = new(2025, 3, 2, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Two accounts went through one list in different order; the third has a list of its own.</summary>
    [Fact]
    public async Task Read_AccountsWithOneList_ShowTheSameItems()
    {
        var list = Enumerable.Range(0, 400).Select(static item => $"Solve problem {item} of the course.").ToList();
        await using var store = await StoreOfAsync([
            .. Account("first", list), .. Account("second", list.AsEnumerable().Reverse()),
            .. Account("third", list.Select(static text => $"{text} Again."))]);
        var samples = await ReadAsync(store);
        var items = samples.ToDictionary(
            static sample => sample.Key, static sample => sample.Value.Select(static row => row.Prompt).ToHashSet());
        Assert.All(items.Values, static item => Assert.Equal(Sampled, item.Count));
        Assert.True(items["first"].SetEquals(items["second"]));
        Assert.False(items["first"].Overlaps(items["third"]));
    }

    /// <summary>A text sent again and again, or a conversation without end, leaves room for other work.</summary>
    [Fact]
    public async Task Read_OneItemManyTimes_TakesTwoPlaces()
    {
        await using var store = await StoreOfAsync([
            .. Account("first", [.. Enumerable.Repeat("Tell me the weather of today.", 300), .. Texts(60)]),
            .. Account("second", Texts(60)), .. Conversation("second", 200)]);
        var samples = await ReadAsync(store);
        Assert.All(samples.Values, static rows => Assert.Equal(Sampled, rows.Count));
        Assert.All(samples.Values, static rows => Assert.All(
            rows.CountBy(static row => row.Opening == 0 ? row.Prompt : row.Opening), static item => Assert.InRange(item.Value, 1, 2)));
    }

    /// <summary>Which items are drawn cannot be told without all that is in the log.</summary>
    [Fact]
    public async Task Read_OneMoreInteraction_DrawsOtherItems()
    {
        await using var store = await StoreOfAsync(Account("first", Texts(400)));
        var before = (await ReadAsync(store))["first"];
        await store.IngestAsync([SampleLog.File(Account("second", ["Hello there, how are you?"]))], null, null, Cancellation);
        var after = (await ReadAsync(store))["first"];
        Assert.InRange(before.Select(static row => row.Prompt).Intersect(after.Select(static row => row.Prompt)).Count(), 0, Sampled / 2);
    }

    private static async Task<Dictionary<string, List<PromptRow>>> ReadAsync(InteractionStore store)
    {
        var profiles = await AccountProfileReader.ReadAsync(store.Engine, await RollUpAsync(store), Cancellation);
        var accounts = Enumerable.Range(0, profiles.Count).ToList();
        var rows = await new PromptReader(store.Engine, profiles, long.MaxValue).ReadAsync(accounts, Sampled, Cancellation);
        return new[] { "first", "second", "third" }
            .Select(name => (Name: name, Index: profiles.IndexOf(StoreKeys.Text(LabelKind.Account, name))))
            .Where(static account => account.Index >= 0).ToDictionary(static account => account.Name, account => rows[account.Index]);
    }

    private async Task<InteractionStore> StoreOfAsync(IEnumerable<string> lines)
    {
        var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        await store.IngestAsync([SampleLog.File(lines)], null, null, Cancellation);
        return store;
    }

    private static IEnumerable<string> Texts(int count) =>
        Enumerable.Range(0, count).Select(static item => $"Please explain subject {item} to me.");

    private static List<string> Account(string account, IEnumerable<string> texts) =>
        [.. texts.Select((text, index) => Line(account, $"{account}-{index}", index, [text]))];

    private static List<string> Conversation(string account, int turns) =>
        [.. Enumerable.Range(0, turns).Select(turn => Line(
            account, $"{account}-turn-{turn}", turn, ["Let us write a novel together.", $"Now write chapter {turn} of it."]))];

    private static string Line(string account, string id, int minute, IEnumerable<string> texts) => new JsonObject
    {
        ["time"] = Start.AddMinutes(minute).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["id"] = id,
        ["account"] = account,
        ["model"] = "aurora-1",
        ["request"] = new JsonObject
        {
            ["messages"] = new JsonArray([.. texts.Select(static text => new JsonObject { ["role"] = "user", ["content"] = text })]),
        },
    }.ToJsonString();
}
