using System.CommandLine;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>What goes back: sightings of others' indicators, and withdrawals of our own.</summary>
internal static class FeedbackVerbs
{
    public static VerbCommand Sighting()
    {
        var (sharing, target) = (new SharingOptions(), CommonOptions.Out());
        var indicator = new Argument<string>("indicator") { HelpName = "INDICATOR", Description = "The id of somebody's indicator." };
        var count = new Option<int>("--count")
        {
            HelpName = "N",
            Description = "How often it was seen; 0 says that it is wrong.",
            Required = true,
        };
        var verb = new VerbCommand("sighting", "Write a STIX sighting of somebody's indicator: that it was seen, or that it is wrong.")
        {
            Arguments = { indicator },
            Options = { count, target },
            Examples =
            [
                ("A partner's indicator is a false positive here",
                    "stillwatch share sighting indicator--a932fcc6-e032-476c-826f-cb970a5a1ade --count 0 --to lab-b "
                    + "--log evidence --key evidence.key --out sighting.json"),
            ],
            Work = async (parsed, _, cancellation) =>
            {
                var (id, number) = (Id(parsed.GetRequiredValue(indicator)), Count(parsed.GetRequiredValue(count)));
                var bundle = Feedback(sharing, parsed).Sighting(id, number);
                var disclosure = Disclosure(sharing, parsed, DisclosureKind.StixSighting, bundle.Items());
                await sharing.GiveAsync(
                    parsed, disclosure, token => SharingOptions.WriteAsync(parsed.GetValue(target), bundle.ToJson(), token), cancellation);
                return ExitStatus.Done;
            },
        };
        sharing.AddTo(verb);
        return verb;
    }

    public static VerbCommand Revoke()
    {
        var (sharing, target) = (new SharingOptions(), CommonOptions.Out());
        var file = new Argument<string>("bundle") { HelpName = "BUNDLE", Description = "A bundle that was shared from here." };
        var chosen = new Option<string?>("--object") { HelpName = "ID", Description = "The object to withdraw; without it all of them." };
        var verb = new VerbCommand("revoke", "Write the withdrawal of what was shared: the same objects, revoked.")
        {
            Arguments = { file },
            Options = { chosen, target },
            Examples =
            [
                ("A campaign was a mistake",
                    "stillwatch share revoke bundle.json --to lab-b --log evidence --key evidence.key --out revocation.json"),
            ],
            Work = async (parsed, _, cancellation) =>
            {
                var bundles = await IndicatorFiles.BundlesAsync([parsed.GetRequiredValue(file)], cancellation);
                var id = parsed.GetValue(chosen) is { } text ? Id(text) : (StixId?)null;
                var revoked = Feedback(sharing, parsed).Revocation(bundles[0], id);
                var disclosure = Disclosure(sharing, parsed, DisclosureKind.StixRevocation, revoked.Items);
                await sharing.GiveAsync(
                    parsed, disclosure, token => SharingOptions.WriteAsync(parsed.GetValue(target), revoked.Json, token), cancellation);
                return ExitStatus.Done;
            },
        };
        sharing.AddTo(verb);
        return verb;
    }

    private static Feedback Feedback(SharingOptions sharing, ParseResult parsed) =>
        new(sharing.Key(parsed), sharing.Producer(parsed), sharing.Marking(parsed), TimeProvider.System.GetUtcNow());

    private static Disclosure Disclosure(
        SharingOptions sharing, ParseResult parsed, DisclosureKind kind, IReadOnlyList<DisclosedItem> items) => new()
        {
            Kind = kind,
            Recipient = sharing.Recipient(parsed),
            Marking = MarkingDefinition.Of(sharing.Marking(parsed)).Name,
            Purpose = sharing.Purpose(parsed),
            GivenAt = TimeProvider.System.GetUtcNow(),
            Items = items,
        };

    private static StixId Id(string text) => StixId.TryParse(text, null, out var id)
        ? id
        : throw new UnusableException($"'{text}' is no STIX id, which is a type, two dashes and a UUID.");

    private static int Count(int count) => count is >= 0 and <= 999_999_999
        ? count
        : throw new UnusableException($"--count takes from 0 to 999999999, not {count}.");
}
