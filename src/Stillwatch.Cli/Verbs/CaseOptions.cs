using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Cli.Verbs;

/// <summary>Options that mean the same with every verb on cases, and what all of them do around their step.</summary>
internal static class CaseOptions
{
    private const string OperatorVariable = "STILLWATCH_OPERATOR";

    public static Argument<int> Number() => new("case") { Description = "The case's number." };

    public static Option<string> Vault() => new("--cases")
    {
        HelpName = "DIRECTORY",
        Description = "Where the content of cases is kept, encrypted, and its keys; made if it does not exist. Never serve it.",
        Required = true,
    };

    public static Option<string?> Operator() => new("--operator")
    {
        HelpName = "NAME",
        Description = $"Who takes the step; without it, {OperatorVariable}. The log gets a pseudonym, the case's content the name.",
    };

    public static Option<string> Reason() => new("--reason") { HelpName = "TEXT", Description = "Why, in words.", Required = true };

    /// <summary>The person who takes a step.</summary>
    public static CaseActor ReadOperator(string? named) =>
        (named ?? Environment.GetEnvironmentVariable(OperatorVariable)) is { Length: > 0 } name
        ? CaseActor.Person(name)
        : throw new UnusableException($"say who takes this step: --operator NAME, or {OperatorVariable}.");

    /// <summary>Opens log and vault, takes a step and says what became of it.</summary>
    public static async Task<int> StepAsync(
        CaseArguments arguments, ParseResult parsed, Func<CaseDesk, Task<CaseOutcome>> step, CancellationToken cancellation)
    {
        using var key = SigningKeyFile.Read(parsed.GetRequiredValue(arguments.Key));
        var vault = new CaseVault(parsed.GetRequiredValue(arguments.Vault));
        var log = parsed.GetRequiredValue(arguments.Log);
        await using var desk = await CaseDesk.OpenAsync(log, key, vault, TimeProvider.System, cancellation);
        var outcome = await step(desk);
        if (outcome.Refusal is { } refusal)
        {
            throw new UnusableException(refusal);
        }

        await SayAsync(Describe(outcome), cancellation);
        return ExitStatus.Done;
    }

    /// <summary>The verdict that somebody names.</summary>
    public static Consequence ReadVerdict(string name) => CasePolicy.VerdictOf(name)
        ?? throw new UnusableException($"'{name}' is no verdict; there are clear, review, restrict, block.");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static Task SayAsync(string text, CancellationToken cancellation, string? path = null) => ResultTarget.WriteAsync(
        path, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token), cancellation);

    private static string Describe(CaseOutcome outcome)
    {
        var what = outcome switch
        {
            { Number: 0, Status: CaseStatus.Deleted } => "account erased",
            { Number: 0 } => "policy",
            _ => Text($"case {outcome.Number} is {CaseVerb.NameOf(outcome.Status)}"),
        };
        return Text($"{what}: {(outcome.WasThere ? "was recorded as" : "recorded as")} entry {outcome.Index}\n");
    }
}
