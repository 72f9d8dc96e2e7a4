using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Sharing.PrivateMatching.Matching;
using Stillwatch.Evidence.Sharing.PrivateMatching.Values;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Private matching: publishing tokens, and finding own accounts that others reported.</summary>
internal static class MatchVerbs
{
    public static VerbCommand Tokens()
    {
        var (sharing, remote, values) = (new SharingOptions(), new RemoteOptions(), Values());
        var (epoch, target) = (PublicKey(), CommonOptions.Out());
        var enforced = new Option<string>("--enforced")
        {
            HelpName = "FILE",
            Description = "The accounts that were acted against, one a line; values of others are left out.",
            Required = true,
        };
        var minimum = new Option<int>("--template-accounts")
        {
            HelpName = "N",
            Description = "In how many enforced accounts a prompt template must have been seen, at least 2.",
            DefaultValueFactory = static _ => TokenPublication.DefaultTemplateAccounts,
        };
        var verb = new VerbCommand("tokens", "Make match tokens of enforced accounts, for others to match against.")
        {
            Arguments = { values },
            Options = { enforced, minimum, epoch, target },
            Examples =
            [
                ("Publish what enforced accounts paid with",
                    "stillwatch share tokens values.jsonl --enforced blocked.txt --server https://keys.example --name lab-a "
                    + "--secret lab-a.secret --to group --log evidence --key evidence.key --out lab-a.tokens.json"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                ResultTarget.Check(parsed.GetValue(target));
                var frame = Frame(sharing.Producer(parsed), parsed.GetRequiredValue(minimum));
                var accounts = File.ReadLines(parsed.GetRequiredValue(enforced)).Where(static line => line.Length > 0).ToHashSet();
                var inputs = TokenPublication.Inputs(ReadValues(parsed.GetRequiredValue(values)), accounts, frame.MinimumTemplateAccounts);
                using var open = Open(sharing, remote, parsed);
                var chosen = await EpochAsync(open.Source, parsed.GetValue(epoch), terminal, cancellation);
                var file = await TokenPublication.PublishAsync(open.Source, chosen, inputs, frame, cancellation);
                await open.Way.Gate.GiveAsync(
                    TokenPublication.Disclosure(file, sharing.Recipient(parsed)),
                    token => SharingOptions.WriteAsync(parsed.GetValue(target), file.ToJson(), token),
                    cancellation);
                terminal.Note($"{file.Tokens.Values.Sum(static list => list.Count)} tokens of epoch {file.Epoch}");
                return ExitStatus.Done;
            },
        };
        sharing.AddTo(verb);
        remote.AddTo(verb);
        return verb;
    }

    public static VerbCommand Match()
    {
        var (sharing, remote, epoch, target) = (new SharingOptions(), new RemoteOptions(), PublicKey(), CommonOptions.Out());
        var files = new Argument<string[]>("tokens")
        {
            HelpName = "TOKENS",
            Description = "Files of tokens that labs published.",
            Arity = ArgumentArity.OneOrMore,
        };
        var values = new Option<string>("--values")
        {
            HelpName = "FILE",
            Description = "Values of own accounts, one JSON object a line.",
            Required = true,
        };
        var reporters = new Option<int>("--reporters")
        {
            HelpName = "N",
            Description = "How many labs must have reported a value for it to count.",
            DefaultValueFactory = static _ => TokenMatching.DefaultReporters,
        };
        var verb = new VerbCommand("match", "Find own accounts whose values several labs reported, without showing them to anybody.")
        {
            Arguments = { files },
            Options = { values, reporters, epoch, target },
            Examples =
            [
                ("Match, then let the hunt raise what matched",
                    "stillwatch share match *.tokens.json --values values.jsonl --server https://keys.example --name lab-a "
                    + "--secret lab-a.secret --to self --log evidence --key evidence.key --out matches.json"),
            ],
            Work = async (parsed, terminal, cancellation) =>
            {
                ResultTarget.Check(parsed.GetValue(target));
                var minimum = parsed.GetRequiredValue(reporters) is var number and > 0 ? number
                    : throw new UnusableException("--reporters takes a number from 1 on.");
                var published = parsed.GetRequiredValue(files)
                    .Select(static path => TokenFile.Read(TransparencyOptions.ReadBounded(path, TokenFile.MaxBytes), path)).ToList();
                using var open = Open(sharing, remote, parsed);
                var chosen = await EpochAsync(open.Source, parsed.GetValue(epoch), terminal, cancellation);
                var now = TimeProvider.System.GetUtcNow();
                var matching = TokenMatching.Of(published, chosen.Name, now, minimum, sharing.Producer(parsed));
                var found = await matching.FindAsync(open.Source, chosen, ReadValues(parsed.GetRequiredValue(values)), cancellation);
                var bundle = MatchBundle.Of(found, sharing.Key(parsed), sharing.Producer(parsed), now, TokenPublication.MaxValidity);
                await SharingOptions.WriteAsync(parsed.GetValue(target), bundle.ToJson(), cancellation);
                terminal.Note($"{found.Matches.Count} matches; {found.TooFewReporters} values that too few labs reported");
                return ExitStatus.Done;
            },
        };
        sharing.AddTo(verb);
        remote.AddTo(verb);
        return verb;
    }

    private static OpenSource Open(SharingOptions sharing, RemoteOptions remote, ParseResult parsed)
    {
        var server = remote.Read(parsed);
        var way = sharing.Open(parsed);
        return new OpenSource(way, new TokenSource(server, way.Gate, TimeProvider.System));
    }

    /// <summary>
    /// The present epoch with the key that is trusted for it. Without a trusted one the service's own word is taken, and said so: the proof
    /// then shows only that it used one key throughout.
    /// </summary>
    private static async Task<(string Name, byte[] PublicKey)> EpochAsync(
        TokenSource source, string? trusted, Terminal terminal, CancellationToken cancellation)
    {
        var epochs = await source.EpochsAsync(cancellation);
        if (epochs.Count == 0)
        {
            throw new KeyServiceException("The key service names no epoch.", null);
        }

        var (name, key) = epochs[0];
        if (trusted is null)
        {
            terminal.Warn($"the public key {Convert.ToHexStringLower(key)} of epoch {name} is taken on the service's word; compare it with "
                + "other labs and give it with --public-key.");
        }
        else if (!Convert.ToHexStringLower(key).Equals(trusted, StringComparison.OrdinalIgnoreCase))
        {
            throw new UnusableException($"The key service shows another public key for epoch {name} than --public-key says.");
        }

        return (name, key);
    }

    private static TokenFile Frame(string producer, int templateAccounts)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new TokenFile
        {
            Reporter = producer,
            Epoch = string.Empty,
            PublishedAt = now,
            ExpiresAt = now + TokenPublication.MaxValidity,
            MinimumTemplateAccounts = templateAccounts >= 2 ? templateAccounts
                : throw new UnusableException("--template-accounts takes a number from 2 on."),
            Tokens = new Dictionary<string, IReadOnlyList<string>>(),
        };
    }

    private static IEnumerable<AccountValue> ReadValues(string path)
    {
        using var reader = new StreamReader(InputStream.Open(path));
        foreach (var value in AccountValue.Read(reader, path))
        {
            yield return value;
        }
    }

    private static Argument<string> Values() => new("values")
    {
        HelpName = "VALUES",
        Description = "Values of accounts: one JSON object a line with account, kind and value; kinds are payment, email, phone, device, "
            + "prompt-template.",
    };

    private static Option<string?> PublicKey() => new("--public-key")
    {
        HelpName = "HEX",
        Description = "The service's public key of the present epoch, as other labs have it too.",
    };

    private sealed record OpenSource(OpenGate Way, TokenSource Source) : IDisposable
    {
        public void Dispose()
        {
            Source.Dispose();
            Way.Dispose();
        }
    }
}
