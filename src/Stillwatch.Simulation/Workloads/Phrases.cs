using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Numbers of the productions that workloads ask for; a missing one fails when the program starts.</summary>
internal sealed class Phrases(PhraseBook book)
{
    public static Phrases Shared { get; } = new(PhraseBook.Shared);

    public int Greeting { get; } = book["greeting"];

    public int[] Ask { get; } = Localized(book, "ask");

    public int[] Prose { get; } = Localized(book, "prose");

    public int Task { get; } = book["task"];

    public int FollowUp { get; } = book["followup"];

    public int Answer { get; } = book["answer"];

    public int Smalltalk { get; } = book["smalltalk"];

    public int Roleplay { get; } = book["roleplay"];

    public int Popular { get; } = book["popular"];

    public int CodeAsk { get; } = book["codeask"];

    public int CodeBare { get; } = book["codebare"];

    public int CodeHead { get; } = book["codehead"];

    public int CodeLine { get; } = book["codeline"];

    public int SystemPrompt { get; } = book["systemprompt"];

    public int AppBefore { get; } = book["appbefore"];

    public int AppAfter { get; } = book["appafter"];

    public int BatchBefore { get; } = book["batchbefore"];

    public int LabelHead { get; } = book["labelhead"];

    /// <summary>What applications put into their frames: records, letters, articles.</summary>
    public int[] Records { get; } =
        [book["ticket"], book["review"], book["listing"], book["dialogue"], book["row"], book["article"], book["ask"], book["logline"]];

    public int ToolSystem { get; } = book["toolsystem"];

    public int ToolBefore { get; } = book["toolbefore"];

    public int ToolAfter { get; } = book["toolafter"];

    public int ToolWish { get; } = book["toolwish"];

    public int AgentSystem { get; } = book["agentsystem"];

    public int AgentTask { get; } = book["agenttask"];

    public int AgentStep { get; } = book["agentstep"];

    public int ToolResult { get; } = book["toolresult"];

    public int Assignment { get; } = book["assignment"];

    public int StudentBefore { get; } = book["studentbefore"];

    public int StudentAfter { get; } = book["studentafter"];

    public int BenchQuestion { get; } = book["benchquestion"];

    public int BenchFrame { get; } = book["benchframe"];

    public int Delimiter { get; } = book["delimiter"];

    public int Candidate { get; } = book["candidate"];

    public int ItemFollowUp { get; } = book["itemfollowup"];

    public int Polyglot { get; } = book["polyglot"];

    public int EditOpen { get; } = book["editopen"];

    public int EditClose { get; } = book["editclose"];

    /// <summary>Items of a work list by <see cref="PromptKind"/>.</summary>
    public int[] Items { get; } =
    [
        book["mathitem"], book["logicitem"], book["scienceitem"], book["codeitem"], book["toolitem"], book["writeitem"],
        book["politicsitem"], book["dataitem"],
    ];

    /// <summary>Openings, demands and closings of wrappers by <see cref="Capability"/>.</summary>
    public (int Open, int Demand, int Close)[] Wrappers { get; } =
        [.. Enum.GetValues<Capability>().Select(SnakeCase.Of)
            .Select(name => (book[$"{name}open"], book[$"{name}demand"], book[$"{name}close"]))];

    private static int[] Localized(PhraseBook book, string name) =>
        [.. Enumerable.Range(0, Languages.Codes.Length).Select(language => book[Languages.Production(name, language)])];
}
