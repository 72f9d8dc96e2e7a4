using Stillwatch.Coordination;

namespace Stillwatch.Reporting;

/// <summary>What a kind of shared value is called.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Singular">One of it, in the middle of a sentence.</param>
/// <param name="Plural">Several.</param>
internal sealed record ValueKindText(SharedValueKind Kind, string Singular, string Plural)
{
    /// <summary>Every kind, in the order in which kinds are listed.</summary>
    public static IReadOnlyList<ValueKindText> All { get; } =
    [
        new(SharedValueKind.Phrase, "repeated phrase", "repeated phrases"),
        new(SharedValueKind.SystemPrompt, "system prompt", "system prompts"),
        new(SharedValueKind.ToolSet, "tool set", "tool sets"),
        new(SharedValueKind.Payment, "payment instrument", "payment instruments"),
        new(SharedValueKind.EmailDomain, "e-mail domain", "e-mail domains"),
        new(SharedValueKind.Address, "client address", "client addresses"),
        new(SharedValueKind.Network, "client network", "client networks"),
        new(SharedValueKind.Client, "client fingerprint", "client fingerprints"),
    ];

    /// <summary>A kind's place in <see cref="All"/>; a kind that this version does not know takes the place after the last.</summary>
    public static int IndexOf(SharedValueKind kind)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Kind == kind)
            {
                return i;
            }
        }

        return All.Count;
    }

    public static ValueKindText Of(SharedValueKind kind) =>
        IndexOf(kind) is var index && index < All.Count ? All[index] : new(kind, "other value", "other values");
}
