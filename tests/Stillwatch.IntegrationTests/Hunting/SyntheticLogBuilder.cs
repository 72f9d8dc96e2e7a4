using Stillwatch.Interactions;
using Stillwatch.Statistics;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>Writes a <see cref="SyntheticLog"/>; the same for the same seed.</summary>
internal sealed class SyntheticLogBuilder
{
    /// <summary>Accounts of the campaign.</summary>
    public const int CampaignSize = 25;

    /// <summary>Prompts of each of them.</summary>
    public const int CampaignPrompts = 30;

    /// <summary>Accounts of a campaign that got little to do, and strangers beside them.</summary>
    public const int SparseMembers = 8;

    private const int SparsePrompts = 11;
    private const int ManyWordings = 36;

    private static readonly string[] Wrappers =
    [
        "Work on the item below as a careful domain expert would.",
        "Write out every deduction that leads to the result.",
        "Number the steps and justify each of them in one line.",
        "Finish with the result alone on a line of its own.",
        "Say which steps you are least certain about.",
        "Do not refer to yourself or to these instructions anywhere.",
    ];

    private static readonly string[] Tools = ["Meeting notes assistant", "Storyboard drafting helper", "Spreadsheet formula coach"];

    private readonly List<SyntheticAccount> _accounts = [];
    private readonly HashSet<string> _campaign = [];
    private SeededGenerator _generator;

    private SyntheticLogBuilder(ulong seed) => _generator = new(seed);

    /// <summary>The benign accounts and a campaign that begins on a day.</summary>
    public static SyntheticLog WithCampaign(ulong seed, int fromDay = 4) => Build(seed, builder => builder.AddCampaign(fromDay));

    /// <summary>
    /// The benign accounts, a campaign of many wordings, of which some accounts got little to do, and strangers who use its wordings as
    /// seldom for topics of their own.
    /// </summary>
    public static SyntheticLog WithSparseMembers(ulong seed) => Build(seed, static builder =>
    {
        var wordings = Enumerable.Range(0, ManyWordings)
            .Select(number => $"{Vocabulary.Words(number, 6, ref builder._generator)}, as set out in rule {number}.").ToArray();
        builder.AddWorkers("worker", CampaignSize, CampaignPrompts, wordings);
        builder.AddWorkers("helper", SparseMembers, SparsePrompts, wordings);
        for (var i = 0; i < SparseMembers; i++)
        {
            builder.SendOwnTopics(builder.Add($"stranger_{i}"), SparsePrompts, prompt => builder.Wrap(prompt, wordings, 1));
        }
    });

    /// <summary>
    /// The benign accounts, a campaign whose members share a wording and, two by two, cards, and strangers who use the same wording for
    /// topics of their own.
    /// </summary>
    public static SyntheticLog WithStrangersOfOneWording(ulong seed) => Build(seed, static builder =>
    {
        builder.AddWorkers("worker", CampaignSize, CampaignPrompts, Wrappers, sharesCards: true);
        for (var i = 0; i < CampaignSize / 4; i++)
        {
            builder.SendOwnTopics(builder.Add($"stranger_{i}"), CampaignPrompts, prompt => builder.Wrap(prompt, Wrappers, 2));
        }
    });

    /// <summary>
    /// The benign accounts, and in the campaign's place as many strangers who use the campaign's wording for topics of their own.
    /// </summary>
    public static SyntheticLog WithoutCampaign(ulong seed) =>
        Build(seed, static builder => builder.AddTool(CampaignSize, Wrappers, "wrap"));

    private static SyntheticLog Build(ulong seed, Action<SyntheticLogBuilder> addGuests)
    {
        var builder = new SyntheticLogBuilder(seed);
        builder.AddIndividuals(200);
        builder.AddTool(36, Sentences(Tools[0]), "notes");
        builder.AddTool(32, Sentences(Tools[1]), "story");
        builder.AddTool(28, Sentences(Tools[2]), "sheet");
        builder.AddCourse(30);
        builder.AddBenchmarkRunners(14);
        builder.AddCompany(24);
        builder.AddNeighbors(20);
        addGuests(builder);
        return new(builder._accounts, builder._campaign);
    }

    private static string[] Sentences(string tool) =>
    [
        $"{tool} is what you are for the people of this office.",
        $"Keep the tone of the {tool} friendly and brief.",
        $"Answer only what was asked of the {tool} just now.",
    ];

    /// <summary>People with a topic or two and words of their own.</summary>
    private void AddIndividuals(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var account = Add($"person_{i}");
            SendOwnTopics(account, static prompt => prompt);
        }
    }

    /// <summary>Strangers who use the same tool, each for topics of their own.</summary>
    private void AddTool(int count, string[] sentences, string name)
    {
        for (var i = 0; i < count; i++)
        {
            SendOwnTopics(Add($"{name}_{i}"), prompt => $"{sentences[0]}\n{prompt}\n{sentences[1]}\n{sentences[2]}");
        }
    }

    /// <summary>A class that works through twenty assignments in words of the assignment sheet.</summary>
    private void AddCourse(int count)
    {
        var assignments = Items(20, topic: 7);
        for (var i = 0; i < count; i++)
        {
            var account = Add($"student_{i}", static (name, number, generator) => new(name, number, ref generator) { WakesAtHour = 8 });
            foreach (var assignment in assignments)
            {
                Send(
                    account,
                    2,
                    7,
                    $"Here is an assignment of the course on measurement.\n{assignment}\nPlease help me to understand the question.");
            }
        }
    }

    /// <summary>Strangers who run one public benchmark from its first item on.</summary>
    private void AddBenchmarkRunners(int count)
    {
        var items = Items(60, topic: 11);
        for (var i = 0; i < count; i++)
        {
            var account = Add($"bench_{i}");
            var start = account.SomeTime(0, SyntheticLog.Days - 1, ref _generator);
            foreach (var item in items.Take(20 + _generator.Next(40)))
            {
                account.Send(
                    start += 4000,
                    $"Answer the following multiple choice question.\n{item}\nGive only the letter of the answer.", ref _generator);
            }
        }
    }

    /// <summary>A company that declares itself: one office, one card, one system prompt.</summary>
    private void AddCompany(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var account = Add($"staff_{i}", static (name, number, generator) => new(name, number, ref generator)
            {
                Organization = "Harbour Insurance",
                Addresses = [new ClientAddress(0xffff_c633_6401)],
                Payment = "pay_company",
                EmailDomain = "harbour.example",
                System = "You answer questions of the staff of Harbour Insurance.",
            });
            SendOwnTopics(account, static prompt => $"A question of a customer of Harbour Insurance.\n{prompt}");
        }
    }

    /// <summary>Strangers behind one address.</summary>
    private void AddNeighbors(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var account = Add($"campus_{i}", static (name, number, generator) =>
                new(name, number, ref generator) { Addresses = [new ClientAddress(0xffff_cb00_7105)], AutonomousSystem = 64_999 });
            SendOwnTopics(account, static prompt => prompt);
        }
    }

    /// <summary>One operator: a list of work dealt out to accounts that share cards, networks and a program.</summary>
    private void AddCampaign(int fromDay)
    {
        var registered = SyntheticLog.StartMs + (fromDay * SyntheticLog.DayMs);
        var members = Enumerable.Range(0, CampaignSize).Select(i => AddMember(i, registered)).ToArray();
        for (var item = 0; item < CampaignSize * CampaignPrompts; item++)
        {
            var work = Vocabulary.Words(_generator.Next(Vocabulary.Topics), 12, ref _generator);
            var account = members[item % CampaignSize];
            Send(account, fromDay, SyntheticLog.Days, Wrap(work, Wrappers, 2));
            _campaign.Add(account.Name);
        }
    }

    private SyntheticAccount AddMember(int member, long registered) =>
        Add($"relay_{member}", (name, number, generator) => new(name, number, ref generator)
        {
            Addresses =
        [
            new ClientAddress(0xffff_c612_0000UL | (uint)(member / 3)), new ClientAddress(0xffff_c613_0000UL | (uint)(member / 2)),
        ],
            AutonomousSystem = 64_777,
            Program = "batch/0.9",
            Temperature = 0.7,
            Payment = $"pay_relay_{member / 3}",
            CreatedMs = registered - (3_600_000L * 5) + (member * 90_000L),
            WakesAtHour = 0,
        });

    /// <summary>Accounts that share nothing but wordings, the list of work that is dealt out to them, and cards if wanted.</summary>
    private void AddWorkers(string name, int count, int prompts, string[] wordings, bool sharesCards = false)
    {
        for (var i = 0; i < count; i++)
        {
            var card = sharesCards ? $"pay_{name}_{i / 2}" : $"pay_{name}_{i}";
            var account = Add($"{name}_{i}", (full, number, generator) => new(full, number, ref generator) { Payment = card });
            _campaign.Add(account.Name);
            for (var item = 0; item < prompts; item++)
            {
                var work = Vocabulary.Words(_generator.Next(Vocabulary.Topics), 12, ref _generator);
                Send(account, 0, SyntheticLog.Days, Wrap(work, wordings, 2));
            }
        }
    }

    /// <summary>The work between so many wrapping sentences, before it and behind it.</summary>
    private string Wrap(string work, string[] wrappers, int each)
    {
        var order = Enumerable.Range(0, wrappers.Length).ToArray();
        _generator.Shuffle<int>(order);
        var sentences = order.Take(2 * each).Select(index => wrappers[index]).ToList();
        return string.Join('\n', [.. sentences.Take(each), work, .. sentences.Skip(each)]);
    }

    private void SendOwnTopics(SyntheticAccount account, Func<string, string> wrap) =>
        SendOwnTopics(account, 12 + _generator.Next(24), wrap);

    private void SendOwnTopics(SyntheticAccount account, int count, Func<string, string> wrap)
    {
        var topics = new[] { _generator.Next(Vocabulary.Topics), _generator.Next(Vocabulary.Topics) };
        for (var i = 0; i < count; i++)
        {
            var topic = topics[_generator.Next(4) == 0 ? 1 : 0];
            Send(account, 0, SyntheticLog.Days, wrap(Vocabulary.Words(topic, 8 + _generator.Next(8), ref _generator)));
        }
    }

    private string[] Items(int count, int topic) =>
        [.. Enumerable.Range(0, count).Select(_ => Vocabulary.Words(topic, 12, ref _generator))];

    private void Send(SyntheticAccount account, int fromDay, int toDay, string prompt) =>
        account.Send(account.SomeTime(fromDay, toDay, ref _generator), prompt, ref _generator);

    private SyntheticAccount Add(string name) => Add(name, static (name, number, generator) => new(name, number, ref generator));

    private SyntheticAccount Add(string name, Func<string, int, SeededGenerator, SyntheticAccount> create)
    {
        _accounts.Add(create(name, _accounts.Count, new(_generator.NextUInt64())));
        return _accounts[^1];
    }
}
