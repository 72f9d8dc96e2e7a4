using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Stix.Import;
using Stillwatch.Evidence.Sharing.Taxii.Client;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Reads from and posts to somebody else's TAXII server.</summary>
internal static class TaxiiVerbs
{
    public static VerbCommand Pull()
    {
        var (remote, collection) = (new RemoteOptions(), Collection());
        var folder = new Option<string>("--out")
        {
            HelpName = "FOLDER",
            Description = "Where bundles go, one a page; the position is kept beside them, so that the next pull goes on from there.",
            Required = true,
        };
        var verb = new VerbCommand("pull", "Read what is new in a collection of a TAXII 2.1 server, page by page.")
        {
            Arguments = { collection },
            Options = { folder },
            Examples =
            [
                ("What is new since the last time",
                    "stillwatch share pull 91a7b528-80eb-42ed-a74d-c6fbd5a26116 --server https://taxii.example/root/ --name lab-a "
                    + "--secret lab-a.secret --out pulled"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                var target = Directory.CreateDirectory(parsed.GetRequiredValue(folder)).FullName;
                var id = parsed.GetRequiredValue(collection);
                var state = Path.Combine(target, $"{id:D}.position.json");
                using var client = new TaxiiClient(remote.Read(parsed));
                var count = 0;
                await foreach (var page in client.PullAsync(id, PullPosition.Load(state), 100, cancellation))
                {
                    count += page.Objects.Count;
                    await KeepAsync(target, page, cancellation);
                    page.Position.Save(state);
                }

                terminal.Note($"{count} objects of {id:D} in {target}");
                return ExitStatus.Done;
            },
        };
        remote.AddTo(verb);
        return verb;
    }

    public static VerbCommand Push()
    {
        var (remote, collection, disclosures) = (new RemoteOptions(), Collection(), new DisclosureOptions());
        var bundle = new Argument<string>("bundle") { HelpName = "BUNDLE", Description = "A STIX 2.1 bundle, as 'share export' writes." };
        var verb = new VerbCommand("push", "Post the objects of a STIX bundle to a collection of a TAXII 2.1 server.")
        {
            Arguments = { collection, bundle },
            Examples =
            [
                ("Give a campaign to a group",
                    "stillwatch share push 91a7b528-80eb-42ed-a74d-c6fbd5a26116 bundle.json --server https://taxii.example/root/ "
                    + "--name lab-a --secret lab-a.secret --log evidence --key evidence.key"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                var received = (await IndicatorFiles.BundlesAsync([parsed.GetRequiredValue(bundle)], cancellation))[0];
                using var client = new TaxiiClient(remote.Read(parsed));
                using var open = disclosures.Open(parsed);
                var status = await client.PushAsync(
                    parsed.GetRequiredValue(collection),
                    [.. received.Objects.Select(static item => Encoding.UTF8.GetBytes(item.Json.GetRawText()))],
                    open.Gate,
                    Disclosure(received, remote.Address(parsed), parsed.GetRequiredValue(collection)),
                    cancellation);
                terminal.Note($"{Number(status, "success_count")} objects stored, {Number(status, "failure_count")} refused");
                return Number(status, "failure_count") == "0" ? ExitStatus.Done : ExitStatus.Failed;
            },
        };
        remote.AddTo(verb);
        disclosures.AddTo(verb);
        return verb;
    }

    private static Disclosure Disclosure(ReceivedBundle bundle, Uri server, Guid collection) => new()
    {
        Kind = DisclosureKind.TaxiiPush,
        Recipient = server.ToString(),
        Marking = "as marked in each object",
        Purpose = $"collection {collection:D}",
        GivenAt = TimeProvider.System.GetUtcNow(),
        Items = [.. bundle.Objects.Select(static item => new DisclosedItem(
            item.Id.ToString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(item.Json.GetRawText())))))],
    };

    /// <summary>A page as a bundle named after its content: the same page pulled twice is the same file.</summary>
    private static async Task KeepAsync(string folder, PulledPage page, CancellationToken cancellation)
    {
        if (page.Objects.Count > 0)
        {
            var objects = string.Join(",\n", page.Objects.Select(Encoding.UTF8.GetString));
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(objects));
            hash[6] = (byte)((hash[6] & 0x0f) | 0x40);
            hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
            var id = new Guid(hash.AsSpan(0, 16), bigEndian: true);
            var json = $"{{\"type\":\"bundle\",\"id\":\"bundle--{id:D}\",\"objects\":[\n{objects}\n]}}\n";
            await SharingOptions.WriteAsync(Path.Combine(folder, $"bundle--{id:D}.json"), Encoding.UTF8.GetBytes(json), cancellation);
        }
    }

    private static string Number(JsonElement status, string name) =>
        status.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "?";

    private static Argument<Guid> Collection() => new("collection") { HelpName = "COLLECTION", Description = "The collection's id." };
}
