using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// Whether it matters which member sent a prompt. People who use the same tool bring topics of their own; the workers of one
/// operator take whatever comes next from one list, so that their prompts could be dealt out anew without anybody noticing.
/// </summary>
/// <remarks>
/// For each member a randomization test: the mean similarity of its own prompts among as many prompts drawn from the whole group.
/// Under interchangeable contents its p-value is uniform; a member with topics of its own gets a small one. Words are
/// weighed by rarity within the group, which takes the wording of shared templates out. Prompts of one conversation count
/// once, and pairs less than <see cref="MinGapMs"/> apart do not count, because work of one hour hangs together.
/// </remarks>
internal sealed class ContentExchangeabilityTest
{
    /// <summary>The least number of prompts of a member that can be tested.</summary>
    public const int MinPrompts = 6;

    /// <summary>The most prompts of a member that are looked at.</summary>
    public const int MaxPrompts = 28;

    /// <summary>From so many prompts on a member's own topics hardly go unseen: half of what is looked at.</summary>
    public const int WellSeenPrompts = 14;

    /// <summary>So many members that are well seen stand for the group, if they are half of those tested.</summary>
    public const int MinWellSeen = 8;

    /// <summary>The most members that are looked at.</summary>
    public const int MaxMembers = 64;

    /// <summary>A member whose randomization p-value is above this counts as interchangeable.</summary>
    public const double InterchangeableLevel = 0.1;

    /// <summary>
    /// The same where members are well seen: topics of their own then show at the lowest p-values. Of such members of independent groups in
    /// composed logs 3.0 % are above 0.1 and 0.5 % between; of campaigns' members 81 % and 10 %.
    /// </summary>
    public const double WellSeenLevel = 0.02;

    private const double MinRatio = 0.5;
    private const int MaxComparedMembers = 24;
    private const int Draws = 99;
    private const int MinWords = 2;
    private const int MinPairs = 4;
    private const long MinGapMs = 60 * 60 * 1000;

    /// <summary>Tests a group. Deterministic.</summary>
    /// <param name="members">A sample of its members.</param>
    /// <param name="seed">Seeds the draws.</param>
    /// <returns>What is so of the group; and of each account that could be tested whether it is interchangeable.</returns>
    public static (ContentExchangeability Group, IReadOnlyDictionary<int, bool> Accounts) Test(
        IReadOnlyList<MemberObservation> members, ulong seed)
    {
        var accounts = new Dictionary<int, bool>();
        var pool = PromptPool.Of(members, MaxMembers, MaxPrompts, MinPrompts, MinWords);
        var generator = new SeededGenerator(seed);
        var (all, seen) = (default(Counted), default(Counted));
        var (within, between) = (0.0, 0.0);
        for (var member = 0; member < pool.Members; member++)
        {
            if (pool.Members < 2 || Within(pool, member) is not { } own)
            {
                continue;
            }

            var chance = Chance(pool, member, own, ref generator);
            all = all.With(chance > InterchangeableLevel);
            seen = IsWellSeen(pool, member) ? seen.With(chance > WellSeenLevel) : seen;
            accounts[pool.Account(member)] = chance > (IsWellSeen(pool, member) ? WellSeenLevel : InterchangeableLevel);
            (within, between) = (within + own, between + pool.MeanToOthers(member));
        }

        var isWellSeen = seen.Tested >= MinWellSeen && 2 * seen.Tested >= all.Tested;
        var counted = isWellSeen ? seen : all;
        var weight = Math.Max(all.Tested, 1);
        return (new(isWellSeen, counted.Tested, counted.Interchangeable, within / weight, between / weight), accounts);
    }

    /// <summary>
    /// Whether one more account could be a member: its prompts are enough to tell, and it does not matter that it sent them.
    /// </summary>
    /// <param name="members">The members.</param>
    /// <param name="candidate">The account.</param>
    /// <param name="seed">Seeds the draws.</param>
    /// <param name="minPrompts">
    /// The least number of its prompts, of each conversation one; less than <see cref="MinPrompts"/> never are enough.
    /// </param>
    public static bool CouldBelong(IReadOnlyList<MemberObservation> members, MemberObservation candidate, ulong seed, int minPrompts)
    {
        var pool = PromptPool.Of([candidate, .. members], MaxComparedMembers + 1, MaxPrompts, MinPrompts, MinWords);
        var generator = new SeededGenerator(seed);
        var isFirst = PromptPool.Of([candidate], 1, MaxPrompts, Math.Max(minPrompts, MinPrompts), MinWords).Members == 1;
        return isFirst && pool.Members >= 2 && Within(pool, 0) is { } own
            && Chance(pool, 0, own, ref generator) > (IsWellSeen(pool, 0) ? WellSeenLevel : InterchangeableLevel);
    }

    private static bool IsWellSeen(PromptPool pool, int member) => pool.Start(member + 1) - pool.Start(member) >= WellSeenPrompts;

    /// <summary>The p-value of a member; 0 if its prompts are far closer to each other than to the others'.</summary>
    private static double Chance(PromptPool pool, int member, double own, ref SeededGenerator generator) =>
        pool.MeanToOthers(member) >= MinRatio * own ? Randomize(pool, member, own, ref generator) : 0;

    private static double? Within(PromptPool pool, int member)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = pool.Start(member); i < pool.Start(member + 1); i++)
        {
            for (var j = pool.Start(member); j < i; j++)
            {
                if (Math.Abs(pool.ObservedAtMs(i) - pool.ObservedAtMs(j)) >= MinGapMs)
                {
                    sum += pool.Similarity(i, j);
                    pairs++;
                }
            }
        }

        return pairs >= MinPairs ? sum / pairs : null;
    }

    private static double Randomize(PromptPool pool, int member, double own, ref SeededGenerator generator)
    {
        var size = pool.Start(member + 1) - pool.Start(member);
        var drawn = new int[size];
        var atLeast = 1;
        for (var draw = 0; draw < Draws; draw++)
        {
            for (var i = 0; i < size; i++)
            {
                drawn[i] = Other(pool, member, size, ref generator);
            }

            atLeast += MeanSimilarity(pool, drawn) >= own ? 1 : 0;
        }

        return (double)atLeast / (Draws + 1);
    }

    /// <summary>A prompt of another member, each equally likely.</summary>
    private static int Other(PromptPool pool, int member, int size, ref SeededGenerator generator)
    {
        var index = generator.Next(pool.Count - size);
        return index < pool.Start(member) ? index : index + size;
    }

    private static double MeanSimilarity(PromptPool pool, int[] prompts)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < prompts.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (prompts[i] != prompts[j])
                {
                    sum += pool.Similarity(prompts[i], prompts[j]);
                    pairs++;
                }
            }
        }

        return pairs == 0 ? 0 : sum / pairs;
    }

    /// <summary>Members tested, and how many of them are interchangeable.</summary>
    private readonly record struct Counted(int Tested, int Interchangeable)
    {
        public Counted With(bool isInterchangeable) => new(Tested + 1, Interchangeable + (isInterchangeable ? 1 : 0));
    }
}
