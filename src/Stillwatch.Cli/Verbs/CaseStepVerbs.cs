using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Signing;
using Stillwatch.Reporting;

namespace Stillwatch.Cli.Verbs;

/// <summary>The steps that people take in a case: note, decide, confirm, reopen, appeal.</summary>
internal static class CaseStepVerbs
{
    private const string Where = "--log evidence --key evidence.key --cases cases";

    private static readonly CaseArguments Step = CaseArguments.Create();
    private static readonly Argument<int> Number = CaseOptions.Number();
    private static readonly Argument<string> NoteText = new("text") { Description = "What is to be written down." };
    private static readonly Option<string> Reason = CaseOptions.Reason();

    private static readonly Option<string> Verdict = new Option<string>("--verdict")
    {
        HelpName = "clear|review|restrict|block",
        Description = "What is to happen to the accounts.",
        Required = true,
    }.AcceptOnlyFromAmong("clear", "review", "restrict", "block");

    private static readonly Option<string[]> Accounts = new("--account")
    {
        HelpName = "ACCOUNT",
        Description = "An account that the decision is about, by name or pseudonym; may be repeated. Without any, all of the campaign.",
    };

    private static readonly Option<bool> FourEyes = new("--four-eyes")
    {
        Description = "Let the decision wait for a second person, also where the policy does not demand it.",
    };

    private static readonly Option<bool> Automatic = new("--automatic")
    {
        Description = "Decide as the system, which the policy must allow for this verdict; no person is named.",
    };

    public static VerbCommand Note() => Step.AddTo(new("note", "Write something down in a case.")
    {
        Arguments = { Number, NoteText },
        Examples = [("A note", $"stillwatch case note 1 \"Asked the reseller for its list of customers.\" {Where} --operator kim")],
        Work = static (parsed, _, cancellation) => SayAsync(
            parsed,
            parsed.GetRequiredValue(NoteText),
            (desk, number, actor, text) => desk.NoteAsync(number, actor, text, cancellation),
            cancellation),
    });

    public static VerbCommand Decide() => Step.AddTo(new("decide", "Decide what is to happen to the accounts of a case.")
    {
        Arguments = { Number },
        Options = { Verdict, Reason, Accounts, FourEyes, Automatic },
        Examples =
        [
            ("Restrict all accounts", $"stillwatch case decide 1 --verdict restrict --reason \"One operator.\" {Where} --operator kim"),
            ("As the policy lets the system", $"stillwatch case decide 1 --verdict review --reason \"Level reached.\" --automatic {Where}"),
        ],
        Work = static (parsed, _, cancellation) =>
        {
            var decision = new CaseDecision(CaseOptions.ReadVerdict(parsed.GetRequiredValue(Verdict)), parsed.GetRequiredValue(Reason))
            {
                Accounts = parsed.GetValue(Accounts) ?? [],
                FourEyes = parsed.GetValue(FourEyes),
            };
            var actor = parsed.GetValue(Automatic) ? CaseActor.System : CaseOptions.ReadOperator(parsed.GetValue(Step.Operator));
            var number = parsed.GetRequiredValue(Number);
            return CaseOptions.StepAsync(Step, parsed, desk => desk.DecideAsync(number, actor, decision, cancellation), cancellation);
        },
    });

    public static VerbCommand Confirm() => Reasoned(
        "confirm",
        "Confirm a decision that waits for a second person.",
        static (desk, number, actor, text, cancellation) => desk.ConfirmAsync(number, actor, text, cancellation));

    public static VerbCommand Reopen() => Reasoned(
        "reopen",
        "Take a decision, or a proposal, back.",
        static (desk, number, actor, text, cancellation) => desk.ReopenAsync(number, actor, text, cancellation));

    public static VerbCommand Appeal() => Step.AddTo(new("appeal", "Record that a decision is contested, and show the evidence.")
    {
        Arguments = { Number },
        Options = { Reason },
        Examples = [("An appeal", $"stillwatch case appeal 1 --reason \"We are a university.\" {Where} --operator kim")],
        Work = static async (parsed, _, cancellation) =>
        {
            await SayAsync(
                parsed,
                parsed.GetRequiredValue(Reason),
                (desk, number, actor, text) => desk.AppealAsync(number, actor, text, cancellation),
                cancellation);
            await ExplainAsync(parsed, cancellation);
            return ExitStatus.Done;
        },
    });

    private static VerbCommand Reasoned(
        string name, string description, Func<CaseDesk, int, CaseActor, string, CancellationToken, Task<CaseOutcome>> step) =>
        Step.AddTo(new(name, description)
        {
            Arguments = { Number },
            Options = { Reason },
            Examples = [("With the reason", $"stillwatch case {name} 1 --reason \"I have read the evidence.\" {Where} --operator lee")],
            Work = (parsed, _, cancellation) => SayAsync(
                parsed,
                parsed.GetRequiredValue(Reason),
                (desk, number, actor, text) => step(desk, number, actor, text, cancellation),
                cancellation),
        });

    private static Task<int> SayAsync(
        ParseResult parsed,
        string text,
        Func<CaseDesk, int, CaseActor, string, Task<CaseOutcome>> step,
        CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new UnusableException("the text is empty.");
        }

        var actor = CaseOptions.ReadOperator(parsed.GetValue(Step.Operator));
        return CaseOptions.StepAsync(Step, parsed, desk => step(desk, parsed.GetRequiredValue(Number), actor, text), cancellation);
    }

    /// <summary>The evidence as 'explain' tells it, with pseudonyms.</summary>
    private static async Task ExplainAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Step.Key));
        var state = CaseBook.Read(parsed.GetRequiredValue(Step.Log), key.VerifierKey, cancellation).Find(parsed.GetRequiredValue(Number));
        var vault = new CaseVault(parsed.GetRequiredValue(Step.Vault));
        var findings = await CaseExcerpt.ReadAsync(vault.Get(state.Number, state.Entries[0].Content!), cancellation);
        var explanation = new Explainer(findings).Campaign(state.Campaign)
            ?? throw new InvalidDataException($"The findings of case {state.Number} are not about {state.Campaign}.");
        await Terminal.WriteReportAsync(
            null, console => ExplanationTable.Write(explanation, console.Profile.Out.Writer, HuntVerb.TableFor(console)), cancellation);
    }
}
