using System.Runtime.InteropServices;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>The prompts of a group's members as vectors of content words, and all their similarities.</summary>
/// <remarks>
/// Memory is quadratic in the prompts, which the limits of <see cref="ContentExchangeabilityTest"/> bound to about 10 MB.
/// </remarks>
internal sealed class PromptPool
{
    private readonly int[] _start;
    private readonly int[] _accounts;
    private readonly long[] _observedAtMs;
    private readonly float[] _similarity;

    private PromptPool(int[] start, int[] accounts, long[] observedAtMs, float[] similarity) =>
        (_start, _accounts, _observedAtMs, _similarity) = (start, accounts, observedAtMs, similarity);

    /// <summary>Members with enough prompts.</summary>
    public int Members => _start.Length - 1;

    /// <summary>Prompts.</summary>
    public int Count => _observedAtMs.Length;

    /// <summary>The account that a member is.</summary>
    public int Account(int member) => _accounts[member];

    /// <summary>The first prompt of a member.</summary>
    public int Start(int member) => _start[member];

    /// <summary>When a prompt arrived.</summary>
    public long ObservedAtMs(int prompt) => _observedAtMs[prompt];

    /// <summary>Cosine of the words of two prompts, not the same, weighed by rarity in the group.</summary>
    public float Similarity(int first, int second) => _similarity[Place(Math.Max(first, second)) + Math.Min(first, second)];

    /// <summary>Mean similarity of a member's prompts to those of all others.</summary>
    public double MeanToOthers(int member)
    {
        var (sum, pairs) = (0.0, 0);
        for (var i = Start(member); i < Start(member + 1); i++)
        {
            for (var j = 0; j < Count; j++)
            {
                if (j < Start(member) || j >= Start(member + 1))
                {
                    sum += Similarity(i, j);
                    pairs++;
                }
            }
        }

        return pairs == 0 ? 0 : sum / pairs;
    }

    /// <summary>Collects the prompts of up to <paramref name="maxMembers"/> members that have enough of them.</summary>
    public static PromptPool Of(
        IReadOnlyList<MemberObservation> members, int maxMembers, int maxPrompts, int minPrompts, int minWords)
    {
        var start = new List<int> { 0 };
        var accounts = new List<int>();
        var prompts = new List<PromptObservation>();
        foreach (var member in members)
        {
            var own = Distinct(member.Prompts, minWords).Take(maxPrompts).ToList();
            if (own.Count >= minPrompts && start.Count <= maxMembers)
            {
                prompts.AddRange(own);
                start.Add(prompts.Count);
                accounts.Add(member.Account);
            }
        }

        return new PromptPool(
            start.ToArray(), accounts.ToArray(), prompts.Select(prompt => prompt.ObservedAtMs).ToArray(), Similarities(prompts));
    }

    /// <summary>Each text once, each conversation once.</summary>
    private static IEnumerable<PromptObservation> Distinct(IEnumerable<PromptObservation> prompts, int minWords)
    {
        var texts = new HashSet<ulong>();
        var conversations = new HashSet<ulong>();
        foreach (var prompt in prompts)
        {
            if (prompt.Words.Length >= minWords && (prompt.Opening == 0 || conversations.Add(prompt.Opening)) && texts.Add(prompt.Prompt))
            {
                yield return prompt;
            }
        }
    }

    /// <summary>Where the row of a prompt begins: its similarities to the prompts before it.</summary>
    private static int Place(int prompt) => prompt * (prompt - 1) / 2;

    private static float[] Similarities(List<PromptObservation> prompts)
    {
        var users = new Dictionary<uint, List<int>>();
        for (var prompt = 0; prompt < prompts.Count; prompt++)
        {
            foreach (var word in prompts[prompt].Words)
            {
                var list = CollectionsMarshal.GetValueRefOrAddDefault(users, word, out _) ??= [];
                if (list.Count == 0 || list[^1] != prompt)
                {
                    list.Add(prompt);
                }
            }
        }

        var norms = new double[prompts.Count];
        var similarity = new float[Place(prompts.Count)];
        foreach (var list in users.Values)
        {
            var weight = Math.Log((double)prompts.Count / list.Count);
            foreach (var prompt in list)
            {
                norms[prompt] += weight * weight;
            }

            AddPairs(similarity, list, (float)(weight * weight));
        }

        Normalize(similarity, norms);
        return similarity;
    }

    /// <summary>Adds to the products of prompts what a word adds that these, given ascending, have in common.</summary>
    private static void AddPairs(float[] similarity, List<int> users, float weight)
    {
        for (var i = 1; i < users.Count; i++)
        {
            var row = similarity.AsSpan(Place(users[i]), users[i]);
            for (var j = 0; j < i; j++)
            {
                row[users[j]] += weight;
            }
        }
    }

    private static void Normalize(float[] similarity, double[] norms)
    {
        var scales = Array.ConvertAll(norms, static norm => norm > 0 ? (float)(1 / Math.Sqrt(norm)) : 0);
        for (var i = 1; i < scales.Length; i++)
        {
            var row = similarity.AsSpan(Place(i), i);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] *= scales[i] * scales[j];
            }
        }
    }
}
