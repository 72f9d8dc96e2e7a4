using System.CommandLine;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>What a lineage test takes.</summary>
internal static class LineageOptions
{
    public static readonly Argument<string[]> Outputs = new("outputs")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "What the suspect said: a JSON object a line with 'text' or 'tokens', and the 'prompt'; plain or .gz, several files.",
    };

    public static readonly Option<string> Suspect = new("--suspect")
    {
        HelpName = "NAME",
        Description = "What the report calls the suspect.",
        DefaultValueFactory = static _ => "the suspect",
    };

    public static readonly Option<string?> Secret = Named(
        "--secret", "The master secret of the marks; the key is named by --tenant, --cohort, --epoch and --width.");

    public static readonly Option<string?> Cohorts = Named("--cohorts", "Cohorts, a name a line: whose outputs was it trained on?");

    public static readonly Option<string?> Log = Named(
        "--log", "The log that holds the commitments to keys and books; with --vkey.", "DIRECTORY");

    public static readonly Option<string?> VerifierKey = Named(
        "--vkey", "The log's verifier key, or a file that holds it.", "VKEY|FILE");

    public static readonly Option<string?> Words = Named(
        "--words", "The text whose words give the ids, where outputs are texts and the mark was put on words.");

    public static readonly Option<int> Vocabulary = new("--vocabulary")
    {
        HelpName = "WORDS",
        Description = "As it was given to 'mark embed'.",
        DefaultValueFactory = static _ => 5000,
    };

    public static readonly Option<string[]> Reference = Several(
        "--reference", "Texts by a model that knows nothing of the key (ours without mark, the suspect's base): makes the test stronger.");

    public static readonly Option<string[]> Marked = Several(
        "--marked", "Our marked texts that the suspect is thought to have learnt from, whole: the test attends to their contexts.");

    public static readonly Option<string?> Probabilities = Named(
        "--probabilities", "The suspect's probabilities: 'context', 'logprobs', and 'tokens' where not all are given.");

    public static readonly Option<string?> ReferenceProbabilities = Named(
        "--reference-probabilities", "The same of a model that knows nothing of the key.");

    public static readonly Option<string?> Canaries = Named("--canaries", "A book of canaries, as 'stillwatch canary new' made it.");

    public static readonly Option<string[]> Teacher = Several("--teacher", "Answers of a supposed teacher, with 'prompt' and 'text'.");

    public static readonly Option<string[]> Control = Several(
        "--control", "Answers of a model of other descent that could have been the teacher.");

    public static readonly Option<string?> Logits = Named("--logits", "The suspect's 'logits' (or 'logprobs') over the whole vocabulary.");

    public static readonly Option<string?> OwnLogits = Named("--own-logits", "Our own model's.");

    public static readonly Option<double> Level = new("--level")
    {
        HelpName = "PROBABILITY",
        Description = "The accepted probability of even one false finding in the report.",
        DefaultValueFactory = static _ => 1e-6,
    };

    public static readonly Option<bool> Require = new("--require") { Description = "End with status 1 where nothing is found." };

    public static readonly Option<string?> Sign = Named("--sign", "The log's private key: signs the report's list of files; with --out.");

    public static readonly Option<string?> Out = Named(
        "--out", "Where the report goes, with all inputs and without secrets: a zip file, or a new folder.", "FILE.zip|DIRECTORY");

    public static readonly Option<string> Format = CommonOptions.Format("text", "json");

    private static Option<string?> Named(string name, string description, string help = "FILE") =>
        new(name) { HelpName = help, Description = description };

    private static Option<string[]> Several(string name, string description) => new(name)
    {
        HelpName = "FILE",
        Description = $"{description} May be repeated.",
        DefaultValueFactory = static _ => [],
    };
}
