using Stillwatch.Interactions;
using Stillwatch.Sketching;

namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>Lets prompts go viral: openings become one of a few prompts, word for word or with the opening as its subject.</summary>
/// <remarks>
/// What goes viral are the first openings of some length after the start of the wave. Which openings take part is decided by hash, and
/// an opening that is quoted in later requests of its conversation is replaced there as well. Stateful: interactions in order of time.
/// </remarks>
/// <param name="wave">The wave.</param>
/// <param name="startMs">Start of the world.</param>
/// <param name="people">Who takes part in such things.</param>
internal sealed class ViralPrompts(PromptWave wave, long startMs, IReadOnlySet<AccountId> people)
{
    private const long HourMs = 60 * 60 * 1000;
    private const int MinBytes = 60;
    private const ulong Percentages = 1000;

    private readonly List<ReadOnlyMemory<byte>> _prompts = [];
    private readonly HashSet<AccountId> _authors = [];
    private readonly Dictionary<(AccountId Account, ulong Text), ReadOnlyMemory<byte>> _replaced = [];

    /// <summary>Whether accounts of a class are private people.</summary>
    public static bool IsPrivate(string benignClass) => benignClass is "chatter" or "vpn_exit" or "release_surge";

    /// <summary>The interaction as it is in a world with the wave.</summary>
    public Interaction Apply(Interaction interaction)
    {
        if (!people.Contains(interaction.Account))
        {
            return interaction;
        }

        Spread(interaction);
        return interaction.Request.Messages.Any(message => _replaced.ContainsKey(Key(interaction, message)))
            ? With(interaction, [.. interaction.Request.Messages.Select(message => Replaced(interaction, message))])
            : interaction;
    }

    private void Spread(Interaction interaction)
    {
        var hours = (interaction.ObservedAtMs - startMs) / HourMs;
        if (hours < wave.StartHour || hours >= wave.StartHour + wave.Hours || interaction.Request.Messages is not [var opening])
        {
            return;
        }

        if (_prompts.Count < wave.Prompts && opening.Content.Length >= MinBytes && _authors.Add(interaction.Account))
        {
            _prompts.Add(opening.Content);
            return;
        }

        var draw = XxHash64.Avalanche(XxHash64.Combine(Key(interaction, opening).Text, (ulong)interaction.ObservedAtMs));
        if (_prompts.Count > 0 && draw % Percentages < wave.Share * Percentages)
        {
            var prompt = _prompts[(int)(draw / Percentages % (ulong)_prompts.Count)];
            var isCopy = draw / Percentages / (ulong)_prompts.Count % 2 == 0;
            _replaced[Key(interaction, opening)] = isCopy ? prompt : (byte[])[.. prompt.Span, (byte)'\n', .. opening.Content.Span];
        }
    }

    private PromptMessage Replaced(Interaction interaction, PromptMessage message) =>
        _replaced.TryGetValue(Key(interaction, message), out var text) ? message with { Content = text } : message;

    private static (AccountId Account, ulong Text) Key(Interaction interaction, PromptMessage message) =>
        (interaction.Account, XxHash64.Hash(message.Content.Span));

    private static Interaction With(Interaction interaction, IReadOnlyList<PromptMessage> messages) => interaction.WithRequest(new()
    {
        System = interaction.Request.System,
        Messages = messages,
        Tools = interaction.Request.Tools,
        Parameters = interaction.Request.Parameters,
    });
}
