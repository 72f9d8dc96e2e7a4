using Stillwatch.Campaigns.Evidence;
using Stillwatch.Coordination;

namespace Stillwatch.Reporting;

/// <summary>The kinds of shared values in the order in which they are listed, and what they are called.</summary>
internal static class ValueKinds
{
    public static IReadOnlyList<SharedValueKind> All { get; } = [.. Enum.GetValues<SharedValueKind>().Order()];

    /// <summary>A kind's place in <see cref="All"/>.</summary>
    public static int IndexOf(SharedValueKind kind)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i] == kind)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of shared value.");
    }

    public static string Singular(SharedValueKind kind) => SharingReasons.Name(kind, 1);

    public static string Plural(SharedValueKind kind) => SharingReasons.Name(kind, 2);
}
