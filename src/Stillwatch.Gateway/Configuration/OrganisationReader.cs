using Stillwatch.Gateway.Organisations;
using Stillwatch.Gateway.Ownership;
using Stillwatch.Gateway.Ownership.Sanctions;
using Stillwatch.Gateway.Policies.Onboarding;
using YamlDotNet.RepresentationModel;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads what is known of organisations, and by which rules it is judged.</summary>
internal sealed class OrganisationReader(MappingReader root, FurtherFiles files)
{
    private const int MaxBytes = 64 << 20;

    /// <summary>Reads all; null where nothing is said.</summary>
    public OrganisationRegister? Read()
    {
        if (root.Mapping("organisations") is not { } members)
        {
            return null;
        }

        var tiers = Tiers(members);
        var unsupported = members.Texts("unsupported_countries").Select(static item => item.Text).ToList();
        var lists = new List<SanctionsList>();
        foreach (var list in members.Mappings("sanctions"))
        {
            if (Sanctions(list) is { } read)
            {
                lists.Add(read);
            }
        }

        var parties = files.Read(members, "file", required: true, path => Parties(path, tiers));
        members.Finish();
        return parties is null || !members.Faults.IsEmpty ? null : new(parties, tiers, unsupported, lists);
    }

    private static OnboardingTiers Tiers(MappingReader members)
    {
        var tiers = new List<OnboardingTier>();
        foreach (var tier in members.Mappings("tiers"))
        {
            tiers.Add(new(tier.Text("name", required: true) ?? "", tier.AnyOf<OnboardingProof>("needs"), tier.Text("summary") ?? ""));
            tier.Finish();
        }

        var forProgrammes = members.Text("programmes_from");
        if (tiers.Count == 0 && forProgrammes is null)
        {
            return OnboardingTiers.Default;
        }

        try
        {
            var all = tiers.Count == 0 ? OnboardingTiers.Default.Tiers : tiers;
            return new(all, forProgrammes ?? all[^1].Name);
        }
        catch (ArgumentException)
        {
            members.Fault(
                tiers.Count == 0 ? "programmes_from" : "tiers",
                "tiers have different names, the first needs nothing, each needs all that those before need, and programmes_from is one.");
            return OnboardingTiers.Default;
        }
    }

    private SanctionsList? Sanctions(MappingReader list)
    {
        // Read before the list itself, so that a fault of the aliases is told even where the list cannot be read.
        var aliases = files.Read(list, "aliases", required: false, File.ReadAllText);
        var read = files.Read(list, "file", required: true, path =>
        {
            using var stream = File.OpenRead(path);
            if (path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
            {
                return SdnXml.Read(stream, Path.GetFileName(path));
            }

            using var names = new StreamReader(stream);
            using var others = aliases is null ? null : new StringReader(aliases);
            return SdnCsv.Read(names, others, Path.GetFileName(path));
        });
        list.Finish();
        foreach (var fault in read?.Faults ?? [])
        {
            list.Fault("file", fault);
        }

        return read?.List;
    }

    private List<OrganisationParty>? Parties(string path, OnboardingTiers tiers)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new InvalidDataException($"it is longer than {MaxBytes} bytes.");
        }

        var faults = files.FaultsOf(path);
        const string Needed = "it must be one document that holds each organisation by its name, and what is known of it.";
        if (ConfigurationFile.Root(File.ReadAllText(path), faults, Needed) is not { } mapping)
        {
            return null;
        }

        var parties = new List<OrganisationParty>();
        foreach (var (name, members) in new MappingReader(faults, string.Empty, mapping).Entries())
        {
            parties.Add(Party(name, members, tiers));
            members.Finish();
        }

        foreach (var fault in OwnershipGraph.Faults([.. parties.SelectMany(static party => party.Owners)]))
        {
            faults.Add((YamlNode?)null, "", fault);
        }

        return faults.IsEmpty ? parties : null;
    }

    private static OrganisationParty Party(string name, MappingReader members, OnboardingTiers tiers)
    {
        var party = new OrganisationParty(name)
        {
            Shown = members.AnyOf<OnboardingProof>("shown"),
            BillingCountry = Country(members, "billing_country"),
            Country = Country(members, "country"),
            Programme = members.Text("programme"),
            Identifiers = [.. members.Mappings("identifiers").Select(Identifier)],
            Owners = [.. members.Mappings("owners").Select(owner => Owner(owner, name))],
            IsUltimate = members.Flag("owned_by_nobody"),
        };
        if (party.Programme is not null && !tiers.MayJoinProgramme(party.Shown))
        {
            members.Fault("programme", "it needs more to be shown than there is; see programmes_from.");
        }

        return party;
    }

    private static SanctionsIdentifier Identifier(MappingReader identifier)
    {
        var read = new SanctionsIdentifier(
            identifier.Text("type", required: true) ?? "", identifier.Text("number", required: true) ?? "", identifier.Text("country"));
        identifier.Finish();
        return read;
    }

    /// <summary>Shares are kept in hundredths of a per cent, which is as exact as registers are.</summary>
    private static Holding Owner(MappingReader owner, string owned)
    {
        const long Unit = 1_000_000;
        var millionths = owner.Millionths("percent", -1, 100 * Unit);
        var name = owner.Text("name", required: true) ?? "";
        owner.Finish();
        return new(name, owned, millionths < 0 ? null : (int)Math.Round(millionths / 10_000m));
    }

    private static string? Country(MappingReader members, string member)
    {
        var country = members.Text(member);
        if (country is not null && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
        {
            members.Fault(member, $"'{country}' is no country of ISO 3166-1; write two capital letters.");
        }

        return country;
    }
}
