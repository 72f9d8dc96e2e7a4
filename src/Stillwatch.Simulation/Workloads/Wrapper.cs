using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Workloads;

/// <summary>
/// Wrappers that elicit what a copy is trained on: an opening, two to four demands and a closing around an item. Campaigns and the benign
/// programs with like aims draw from the same book.
/// </summary>
internal sealed class Wrapper(PromptComposer prompts)
{
    private const int Layouts = 4;
    private const double LoneCandidateBytes = 200;

    private static readonly PromptKind[] BenignKinds = [PromptKind.Science, PromptKind.Writing, PromptKind.Code, PromptKind.Figures];

    private readonly Phrases _phrases = Phrases.Shared;

    /// <summary>A benign program that asks for reasoning or grades about its own subject.</summary>
    public void Elicit(ulong template, in Voice voice, ulong content, RequestDraft draft)
    {
        var shape = new RandomStream(template, StreamPurpose.Wrapper);
        var capability = shape.Chance(0.5) ? Capability.Reasoning : Capability.Rubric;
        var kind = BenignKinds[shape.Below(BenignKinds.Length)];
        Compose(new WrappedItem(capability, kind, template, content, template), voice, draft);
    }

    /// <summary>Writes a wrapped item as the next message of the draft, and as its system prompt where the layout says so.</summary>
    public void Compose(in WrappedItem item, in Voice voice, RequestDraft draft)
    {
        var (open, demand, close) = _phrases.Wrappers[(int)item.Capability];
        var wrapper = Voice.Of(item.WrapperKey, 0);
        var layout = (int)(RandomStream.Mix(item.LayoutKey) % Layouts);
        if (layout == 0)
        {
            Demand(item.WrapperKey, wrapper, (open, demand, close));
            draft.System = prompts.Writer.Take();
            WriteItem(item, voice);
        }
        else if (layout == 1)
        {
            WriteItem(item, voice);
            prompts.Append(_phrases.Delimiter, wrapper, item.LayoutKey);
            Demand(item.WrapperKey, wrapper, (open, demand, close));
        }
        else
        {
            Demand(item.WrapperKey, wrapper, (open, demand, layout == 2 ? close : demand));
            prompts.Append(_phrases.Delimiter, wrapper, item.LayoutKey);
            WriteItem(item, voice);
            prompts.Writer.Literal(layout == 2 ? ""u8 : "\n\n"u8);
            prompts.Append(layout == 2 ? _phrases.Delimiter : close, wrapper, item.WrapperKey + 1);
            prompts.Trim();
        }

        draft.User(prompts.Writer.Take());
    }

    private void Demand(ulong key, in Voice voice, (int Open, int Demand, int Close) parts)
    {
        var writer = prompts.Writer;
        writer.Begin(key, voice);
        writer.Write(parts.Open);
        for (var demands = writer.Random.Between(2, 4); demands > 0; demands--)
        {
            writer.Literal(" "u8);
            writer.Write(parts.Demand);
        }

        writer.Literal(" "u8);
        writer.Write(parts.Close);
    }

    private void WriteItem(in WrappedItem item, in Voice voice)
    {
        var writer = prompts.Writer;
        writer.Begin(item.ContentKey, voice);
        if (item.Edited)
        {
            Edit(item, voice);
            return;
        }

        Body(item);
    }

    private void Edit(in WrappedItem item, in Voice voice)
    {
        var writer = prompts.Writer;
        var edits = new RandomStream(item.ContentKey, StreamPurpose.Edit);
        if (edits.Chance(0.3))
        {
            prompts.Append(_phrases.Polyglot, voice, edits.Next());
            writer.Literal("\n"u8);
        }

        var start = writer.Length;
        prompts.Append(_phrases.EditOpen, voice, edits.Next());
        writer.Begin(item.ContentKey, voice with { Habits = (VoiceHabits)(edits.Next() & edits.Next() & 7) });
        Body(item);
        TypingHabits.Apply(writer, start);
        prompts.Append(_phrases.EditClose, voice, edits.Next());
    }

    // Items of few figures get a sentence of context at least, so that hardly two items of a work list are the same.
    private void Body(in WrappedItem item)
    {
        var writer = prompts.Writer;
        writer.Write(_phrases.Items[(int)item.Kind]);
        var isShort = item.Kind is PromptKind.Science or PromptKind.Writing or PromptKind.Politics;
        for (var context = writer.Random.Geometric(1.6) - (isShort ? 0 : 1); context > 0; context--)
        {
            writer.Literal(" "u8);
            writer.Write(_phrases.Prose[Languages.English]);
        }

        if (item.Capability == Capability.Rubric)
        {
            writer.Literal(writer.Voice.Key % 2 == 0 ? "\n\nAnswer:\n"u8 : "\n\nResponse: "u8);
            var target = writer.Length + writer.Random.LogNormal(LoneCandidateBytes, 0.6);
            while (writer.Length < target)
            {
                writer.Write(_phrases.Candidate);
            }
        }

        prompts.Trim();
    }
}
