using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Signing;
using Stillwatch.Interactions;

namespace Stillwatch.Cli.Verbs;

/// <summary>What persons concerned may ask for: deletion, an end of keeping, access.</summary>
internal static class CasePrivacyVerbs
{
    private const string Where = "--log evidence --key evidence.key --cases cases --operator kim";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    private static readonly CaseArguments Step = CaseArguments.Create();
    private static readonly Argument<int> Number = CaseOptions.Number();
    private static readonly Option<string?> Out = CommonOptions.Out();

    private static readonly Option<string> Reason = new("--reason")
    {
        HelpName = "TEXT",
        Description = "Why, in words that name nobody: they stay in the log.",
        Required = true,
    };

    private static readonly Option<int> Days = new("--days")
    {
        HelpName = "DAYS",
        Description = "How long a decided case is kept after its latest entry, 1 or more.",
        Required = true,
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only say which cases are due." };

    private static readonly Argument<string> Account = new("account") { Description = "The account, by its name." };

    public static VerbCommand Delete() => Step.AddTo(new("delete", "Delete the content of a case for good; its entries and proofs stay.")
    {
        Arguments = { Number },
        Options = { Reason },
        Examples = [("On request", $"stillwatch case delete 1 --reason \"Request under Art. 17.\" {Where}")],
        Work = static (parsed, _, cancellation) =>
        {
            var (number, actor) = (parsed.GetRequiredValue(Number), CaseOptions.ReadOperator(parsed.GetValue(Step.Operator)));
            return CaseOptions.StepAsync(
                Step, parsed, desk => desk.DeleteAsync(number, actor, parsed.GetRequiredValue(Reason), cancellation), cancellation);
        },
    });

    public static VerbCommand Erase() => Step.AddTo(new("erase", "Erase one account from all cases: nobody can name it any more.")
    {
        Arguments = { Account },
        Options = { Reason },
        Examples = [("On request", $"stillwatch case erase acct-0017 --reason \"Request under Art. 17.\" {Where}")],
        Work = static (parsed, _, cancellation) =>
        {
            var (account, actor) = (ReadAccount(parsed), CaseOptions.ReadOperator(parsed.GetValue(Step.Operator)));
            return CaseOptions.StepAsync(
                Step, parsed, desk => desk.EraseAsync(account, actor, parsed.GetRequiredValue(Reason), cancellation), cancellation);
        },
    });

    public static VerbCommand Retain() => Step.AddTo(new("retain", "Delete the content of all decided cases that were kept long enough.")
    {
        Options = { Days, DryRun },
        Examples = [("Keep a year", $"stillwatch case retain --days 365 {Where}")],
        Work = static async (parsed, _, cancellation) =>
        {
            var days = parsed.GetValue(Days) is > 0 and < 100_000 and var given
                ? given
                : throw new UnusableException("--days takes 1 to 99999.");
            var actor = CaseOptions.ReadOperator(parsed.GetValue(Step.Operator));
            using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Step.Key));
            var vault = new CaseVault(parsed.GetRequiredValue(Step.Vault));
            await using var desk = await CaseDesk.OpenAsync(
                parsed.GetRequiredValue(Step.Log), key, vault, TimeProvider.System, cancellation);
            var due = CaseRetention.Due(desk.Book, TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(days));
            foreach (var state in due.Where(_ => !parsed.GetValue(DryRun)))
            {
                await desk.DeleteAsync(state.Number, actor, CaseOptions.Text($"kept for {days} days"), cancellation);
            }

            var numbers = due.Count == 0 ? "none" : string.Join(", ", due.Select(state => state.Number));
            await CaseOptions.SayAsync($"{(parsed.GetValue(DryRun) ? "due" : "deleted")}: {numbers}\n", cancellation);
            return ExitStatus.Done;
        },
    });

    public static VerbCommand Subject() => Step.AddTo(new("subject", "Write what the cases hold about one account, for its owner.")
    {
        Arguments = { Account },
        Options = { Out },
        Examples = [("A request for access", $"stillwatch case subject acct-0017 --out acct-0017.json {Where}")],
        Work = static async (parsed, _, cancellation) =>
        {
            ResultTarget.Check(parsed.GetValue(Out));
            var account = ReadAccount(parsed);
            var actor = CaseOptions.ReadOperator(parsed.GetValue(Step.Operator));
            using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Step.Key));
            var vault = new CaseVault(parsed.GetRequiredValue(Step.Vault));
            await using var desk = await CaseDesk.OpenAsync(
                parsed.GetRequiredValue(Step.Log), key, vault, TimeProvider.System, cancellation);
            var access = new SubjectAccess(desk.Book, vault, desk.Pseudonyms);
            var text = (await access.ExportAsync(account, cancellation)).ToJsonString(Indented) + "\n";
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            var disclosure = new Disclosure
            {
                Kind = DisclosureKind.SubjectAccess,
                Recipient = desk.Pseudonyms.Find(account) ?? "nobody",
                GivenAt = TimeProvider.System.GetUtcNow(),
                Items = [new DisclosedItem("subject-access.json", digest)],
            };
            foreach (var number in access.CasesOf(account))
            {
                await desk.DiscloseAsync(number, actor, disclosure, cancellation);
            }

            await CaseOptions.SayAsync(text, cancellation, parsed.GetValue(Out));
            return ExitStatus.Done;
        },
    });

    private static AccountId ReadAccount(ParseResult parsed) => AccountId.TryParse(parsed.GetRequiredValue(Account), null, out var account)
        ? account
        : throw new UnusableException("an account's name has 1 to 512 characters.");
}
