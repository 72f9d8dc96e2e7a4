using System.CommandLine;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Timestamps;
using Stillwatch.Evidence.TransparencyLog.Witnessing;

namespace Stillwatch.Cli.Verbs;

/// <summary>What others say about a log's checkpoints: being a witness, asking witnesses, asking a timestamp authority.</summary>
internal static class LogThirdPartyVerbs
{
    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> Key = TransparencyOptions.Key();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();
    private static readonly Option<string> Policy = TransparencyOptions.Policy();

    private static readonly Option<string> State = new("--state")
    {
        HelpName = "DIRECTORY",
        Description = "What the witness has cosigned; losing it means signing histories twice.",
        Required = true,
    };

    private static readonly Option<Uri> Listen = new("--listen")
    {
        HelpName = "URL",
        Description = "Where to listen.",
        DefaultValueFactory = static _ => new("http://127.0.0.1:7380"),
    };

    private static readonly Option<int> Patience = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "How long each server may take, 1 to 600.",
        DefaultValueFactory = static _ => (int)WitnessRound.DefaultPatience.TotalSeconds,
    };

    private static readonly Option<Uri> Authority = new("--authority")
    {
        HelpName = "URL",
        Description = "The timestamp authority (RFC 3161 over HTTP).",
        Required = true,
    };

    private static readonly Option<string> Roots = new("--roots")
    {
        HelpName = "PEM",
        Description = "Certificates that the authority must lead to; the system's are not asked.",
        Required = true,
    };

    public static VerbCommand Witness() => new("witness", "Be a witness: cosign checkpoints of the policy's logs over HTTP until stopped.")
    {
        Options = { State, Key, Policy, Listen },
        Examples = [("A witness for the logs of a policy", "stillwatch log witness --state w --key witness.key --policy policy")],
        Work = static async (parsed, terminal, cancellation) =>
        {
            using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Key));
            if (key.VerifierKey.Type != NoteKeyType.Cosignature)
            {
                throw new UnusableException("--key is a log's key; 'stillwatch log key --witness' makes one for a witness.");
            }

            var logs = TransparencyOptions.ReadPolicy(parsed.GetRequiredValue(Policy)).Logs.Select(log => log.Key);
            using var witness = new Witness(parsed.GetRequiredValue(State), key, logs, TimeProvider.System);
            await using var server = await WitnessServer.StartAsync(witness, parsed.GetRequiredValue(Listen), cancellation);
            terminal.Note($"{key.VerifierKey} listens on {server.Address}");
            await server.WaitAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
            return ExitStatus.Done;
        },
    };

    public static VerbCommand Cosign() => new("cosign", "Ask the policy's witnesses to cosign the latest checkpoint, and keep it.")
    {
        Options = { Log, VerifierKey, Policy, Patience },
        Examples = [("Get cosignatures", "stillwatch log cosign --log evidence --vkey evidence.key.pub --policy policy")],
        Work = static async (parsed, terminal, cancellation) =>
        {
            var directory = parsed.GetRequiredValue(Log);
            var log = LogReader.Open(directory, TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey)));
            using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            var policy = TransparencyOptions.ReadPolicy(parsed.GetRequiredValue(Policy));
            var round = await WitnessRound.AskAsync(log, policy, http, ReadPatience(parsed), cancellation);
            foreach (var reply in round.Replies.Where(reply => reply.Reason is not null))
            {
                terminal.Warn($"witness {reply.Witness.Name}: {reply.Reason}");
            }

            if (round.Verdict != CheckpointVerdict.Accepted)
            {
                terminal.Fault($"no quorum: {round.Verdict}. The checkpoint that was kept before stays.");
                return ExitStatus.Failed;
            }

            var path = new LogAttachments(directory).Keep(round.Checkpoint);
            var count = round.Replies.Count(reply => reply.Cosignature is not null);
            await WriteAsync($"{path}: {log.Size} entries, cosigned by {count} of {round.Replies.Count} witnesses\n", cancellation);
            return ExitStatus.Done;
        },
    };

    public static VerbCommand Timestamp() => new("timestamp", "Have an authority stamp the latest checkpoint, and keep the token.")
    {
        Options = { Log, VerifierKey, Authority, Roots, Patience },
        Examples =
        [
            ("Get a timestamp",
                "stillwatch log timestamp --log evidence --vkey evidence.key.pub --authority https://tsa.example/ --roots tsa.pem"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var directory = parsed.GetRequiredValue(Log);
            var log = LogReader.Open(directory, TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey)));
            var roots = TransparencyOptions.ReadCertificates(parsed.GetRequiredValue(Roots));
            using var http = new HttpClient { Timeout = ReadPatience(parsed) };
            var authority = new TimestampAuthority(http, parsed.GetRequiredValue(Authority), roots);
            var token = await authority.StampAsync(log.Checkpoint.ToBytes(), cancellation);
            var path = new LogAttachments(directory).Keep(log.Checkpoint, token);
            await WriteAsync($"{path}: {log.Size} entries existed at {token.At:yyyy-MM-dd HH:mm:ss}Z\n", cancellation);
            return ExitStatus.Done;
        },
    };

    private static TimeSpan ReadPatience(ParseResult parsed) => parsed.GetValue(Patience) is >= 1 and <= 600 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new UnusableException("--timeout takes 1 to 600 seconds.");

    private static Task WriteAsync(string text, CancellationToken cancellation) =>
        ResultTarget.WriteAsync(null, async (stream, token) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token), cancellation);
}
