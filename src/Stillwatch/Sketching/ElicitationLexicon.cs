using System.Text;

namespace Stillwatch.Sketching;

/// <summary>Phrases that ask for reasoning traces, grading, rewording or tool use, in several languages.</summary>
/// <remarks>
/// A cue is one to four words in sequence; figures are masked. A hit is a hint about one prompt, never evidence by itself.
/// </remarks>
internal static class ElicitationLexicon
{
    /// <summary>The longest cue in words.</summary>
    public const int MaxWords = 4;

    private const int FilterBits = 1 << 14;

    private static readonly (Elicitation Kind, string Cues)[] Lexicon =
    [
        (Elicitation.Reasoning, """
            step by step|show your reasoning|explain your reasoning|your reasoning|chain of thought|think aloud|think out loud
            show your work|show each step|every step|each step|each deduction|intermediate steps|reason through|thought process
            explain how you|justify each|number the steps|before answering think|write out the reasoning|reconstruct the reasoning
            inner monologue|derive|work through|walk through|let us think|reasoning trace|full reasoning|detailed reasoning
            schritt für schritt|gedankengang|begründe|denkprozess|étape par étape|raisonnement|paso a paso|razonamiento
            passo a passo|raciocínio|passo dopo passo|ragionamento|по шагам|шаг за шагом|рассуждения|خطوة بخطوة
            一步一步|逐步|推理过程|思考过程|推理|ステップ|推論|考え方|단계별로|추론
            """),
        (Elicitation.Rubric, """
            rubric|criteria|criterion|grade the|grade this|rate the|rate this|score the|score this|out of #|on a scale|scale from
            scale of|assign a score|assign #|give a score|evaluate the response|evaluate the answer|candidate response|candidate answer
            better response|better answer|which response|which answer|judge|grader|reward model|preference|bewerte|bewertung|kriterien
            évalue|évaluez|critères|barème|evalúa|evalúe|criterios|puntuación|avalie|critérios|valuta|criteri|оцени|оцените|критерии
            قيم|معايير|评分|打分|评估|标准|採点|評価|基準|평가|채점|기준
            """),
        (Elicitation.Rewriting, """
            rewrite|rephrase|reword|reformulate|paraphrase|in neutral|neutral tone|neutral wording|more cautious|cautious wording
            tone down|soften|less sensitive|without naming|politically neutral|acceptable wording|formuliere|umformulieren
            umschreiben|reformule|réécris|réécrire|reformula|reescribe|reescreva|riscrivi|riformula|перепиши|перефразируй
            أعد صياغة|改写|重写|改寫|委婉|中立|書き換え|言い換え|다시 써|바꿔 써
            """),
        (Elicitation.Agentic, """
            tool call|tool calls|function call|call the tool|which tool|available tools|use the tools|the tools listed|json tool
            plan act|plan and act|execute|shell|terminal|unified diff|run the tests|sub tasks|subtasks|observation|action input
            api call|use tools|edit the file|repository|commit|werkzeug|werkzeuge|outils|herramientas|ferramentas|strumenti
            инструменты|инструмент|أدوات|调用工具|工具|ツール|도구
            """),
    ];

    private static readonly Dictionary<ulong, Elicitation> Cues = Build();
    private static readonly ulong[] Filter = BuildFilter();

    /// <summary>The kind of the cue whose words combine to <paramref name="sequence"/> (see <see cref="Extend"/>).</summary>
    public static Elicitation Of(ulong sequence) =>
        (Filter[(int)(sequence % FilterBits) >> 6] >> (int)(sequence & 63) & 1) == 0 ? Elicitation.None : Cues.GetValueOrDefault(sequence);

    /// <summary>The hash of a word sequence made longer by one word; a sequence begins at 0.</summary>
    public static ulong Extend(ulong sequence, ulong word) => (sequence * 0x9E3779B97F4A7C15) + word;

    private static Dictionary<ulong, Elicitation> Build()
    {
        var cues = new Dictionary<ulong, Elicitation>();
        foreach (var (kind, text) in Lexicon)
        {
            foreach (var cue in text.Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                var sequence = Sequence(cue);
                cues[sequence] = cues.GetValueOrDefault(sequence) | kind;
            }
        }

        return cues;
    }

    private static ulong Sequence(string cue)
    {
        var scanner = new PromptScanner(Encoding.UTF8.GetBytes(cue));
        var sequence = 0ul;
        for (var token = scanner.Next(); token != PromptToken.End; token = scanner.Next())
        {
            sequence = token == PromptToken.Word ? Extend(sequence, scanner.Word)
                : throw new InvalidOperationException($"the cue \"{cue}\" holds a sentence mark");
        }

        return sequence;
    }

    private static ulong[] BuildFilter()
    {
        var filter = new ulong[FilterBits / 64];
        foreach (var cue in Cues.Keys)
        {
            filter[(int)(cue % FilterBits) >> 6] |= 1ul << (int)(cue & 63);
        }

        return filter;
    }
}
