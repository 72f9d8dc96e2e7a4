namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>One thing that an operator can turn to hide a campaign, level by level; level 0 hides nothing.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Levels">What each level is called.</param>
/// <param name="Apply">Sets a level.</param>
/// <param name="NeedsSpecialists">Whether only worlds know it that have the families with topics of their own.</param>
internal sealed record AttackAxis(
    string Name, IReadOnlyList<string> Levels, Func<AttackChoice, int, AttackChoice> Apply, bool NeedsSpecialists = false)
{
    /// <summary>All axes.</summary>
    public static IReadOnlyList<AttackAxis> All { get; } =
    [
        new("accounts", ["1 ×", "2 ×", "4 ×", "8 ×", "16 ×"], static (choice, level) => choice with { Accounts = 1 << level }),
        new("days", ["1 ×", "2 ×", "4 ×", "8 ×", "16 ×"], static (choice, level) => choice with { Days = 1 << level }),
        new(
            "infrastructure",
            ["racks, 5 an address, 12 a card", "a card and mailbox each", "residential addresses each"],
            static (choice, level) => choice with { OwnPayments = level > 0, Residential = level > 1 }),
        new(
            "programs",
            ["one", "few", "any"],
            static (choice, level) => choice with { Programs = ((string[])["one", "few", "any"])[level] }),
        new("wording", ["one wrapper", "paraphrase 1", "paraphrase 2"], static (choice, level) => choice with { Wording = level }),
        new(
            "cover",
            ["none", "25 %", "50 %", "75 %", "90 %"],
            static (choice, level) => choice with { Cover = ((double[])[0, 0.25, 0.5, 0.75, 0.9])[level] }),
        new(
            "loads",
            ["even", "random", "skewed"],
            static (choice, level) => choice with { Loads = ((string[])["even", "random", "skewed"])[level] }),
        new(
            "hours",
            ["round the clock", "human", "human, delays to 12 h"],
            static (choice, level) => choice with { Hours = level == 0 ? "always_on" : "human", DelayHours = level == 2 ? 12 : 0 }),
        new(
            "age",
            ["burst", "spread", "aged"],
            static (choice, level) => choice with { Age = ((string[])["burst", "spread", "aged"])[level] }),
        new(
            "replacement",
            ["never", "after 200 requests", "after 50 requests"],
            static (choice, level) => choice with { Rotation = ((int[])[0, 200, 50])[level] }),
        new(
            "topics",
            ["any", "a quarter of an account's own", "half of an account's own", "all of an account's own"],
            static (choice, level) => choice with
            {
                Family = ((string[])["hydra_plain", "quarter_specialists", "half_specialists", "specialists"])[level],
            },
            NeedsSpecialists: true),
        new("cells", ["1", "2", "4", "8"], static (choice, level) => choice with { Cells = 1 << level }),
    ];

    /// <summary>The highest level.</summary>
    public int Top => Levels.Count - 1;
}
