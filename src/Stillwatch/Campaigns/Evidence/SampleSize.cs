namespace Stillwatch.Campaigns.Evidence;

/// <summary>How much of a group is looked at.</summary>
/// <param name="Members">The most members.</param>
/// <param name="Prompts">The most prompts of a member that are kept.</param>
public sealed record SampleSize(int Members, int Prompts)
{
    /// <summary>The most prompts of a member that are read, among which those sent as a member are looked for.</summary>
    public const int Read = 160;

    /// <summary>Enough to see that a group's members have topics of their own.</summary>
    public static SampleSize Screening { get; } = new(20, 40);

    /// <summary>Enough to be sure that they have not.</summary>
    public static SampleSize Full { get; } = new(64, 64);
}
