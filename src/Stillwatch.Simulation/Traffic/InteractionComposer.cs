using Stillwatch.Interactions;
using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Workloads;

namespace Stillwatch.Simulation.Traffic;

/// <summary>Turns a planned exchange into the record of a request and its reply. Hot path; one composer a worker.</summary>
internal sealed class InteractionComposer
{
    private const double BytesPerToken = 4.1;
    private const double MissingParametersShare = 0.03;
    private const int MsPerToken = 14;

    private readonly SimulationPlan _plan;
    private readonly Workload[] _workloads;
    private readonly RequestDraft _draft = new();

    public InteractionComposer(SimulationPlan plan)
    {
        _plan = plan;
        var prompts = new PromptComposer(plan.Seed);
        var wrappers = new Wrapper(prompts);
        var conversations = new ConversationWorkload(prompts);
        var resale = new ResaleWorkload(conversations);
        _workloads =
        [
            conversations,
            new ToolWorkload(prompts),
            new ApplicationWorkload(prompts, conversations, wrappers, plan.Seed),
            new BatchWorkload(prompts, wrappers),
            new AgentWorkload(prompts, plan.Seed),
            new AssignmentWorkload(prompts),
            new BenchmarkWorkload(prompts),
            resale,
            new HarvestWorkload(plan, prompts, wrappers, resale),
        ];
    }

    public Interaction Compose(in Exchange exchange)
    {
        ref readonly var account = ref _plan.Accounts[exchange.Account];
        _draft.Reset();
        _workloads[(int)account.Workload].Compose(account, exchange, _draft);
        var stream = new RandomStream(account.Key, StreamPurpose.Request, exchange.Ordinal);
        var parameters = stream.Chance(MissingParametersShare) ? default : ParameterStyles.Of(account.Style);
        var model = exchange.TimeMs / 1000 >= account.PivotSecond ? _plan.ReleasedModel : account.Model;
        var reply = Reply(ref stream, parameters.MaxTokens, _plan.Scenario.Models[model].Reasoning);
        return new Interaction
        {
            Id = Names.Request(_plan.Seed, exchange.Account, exchange.Ordinal),
            ObservedAtMs = _plan.StartMs + exchange.TimeMs,
            Account = new AccountId(_plan.Names[exchange.Account]),
            Organization = account.Organization,
            ApiKey = _plan.ApiKeys[exchange.Account],
            Model = _plan.Scenario.Models[model].Name,
            Client = Peer(account, exchange),
            Request = Content(parameters),
            FinishReason = reply.Finish,
            Usage = reply.Usage,
            Status = reply.Status,
            LatencyMs = reply.LatencyMs,
        };
    }

    private PromptContent Content(GenerationParameters parameters) => new()
    {
        System = _draft.System,
        Messages = [.. _draft.Messages],
        Tools = _draft.Tools,
        Parameters = parameters,
    };

    private ClientPeer Peer(in AccountPlan account, in Exchange exchange)
    {
        // An address serves for some hours, then another one does.
        var place = new RandomStream(account.Key, StreamPurpose.Address, (ulong)(exchange.TimeMs / (4 * HourBucket.Milliseconds))).Unit();
        var slot = place < 0.25 && account.Second.Exists ? account.Second
            : place > 0.9 && account.Third.Exists ? account.Third
            : account.Home;
        var network = NetworkCatalogue.Shared[slot];
        var program = _plan.Clients[account.Program];
        return new ClientPeer(
            NetworkCatalogue.Shared.Address(slot), network.AutonomousSystem, network.Country, program.UserAgent, program.Ja4);
    }

    private ReplyOutcome Reply(ref RandomStream stream, int? limit, bool reasoning)
    {
        var input = 8 + (int)(Bytes() / BytesPerToken);
        var outcome = stream.Unit();
        if (outcome < 0.012)
        {
            var status = outcome < 0.006 ? 429 : outcome < 0.009 ? 400 : 500;
            return new(status, null, new TokenUsage(status == 400 ? 0 : input, 0, 0), Math.Round(30 + stream.Exponential(120)));
        }

        var thought = reasoning ? (int)Math.Min(20_000, stream.LogNormal(350, 0.9)) : 0;
        var wanted = (int)Math.Clamp(stream.LogNormal(_draft.ReplyTokens, _draft.ReplySigma), 1, 16_000) + thought;
        var output = Math.Min(wanted, limit ?? int.MaxValue);
        var finish = output < wanted ? "length" : _draft.CallsTool ? "tool_calls" : "stop";
        var latency = Math.Round(180 + stream.Exponential(150) + (output * MsPerToken * stream.Uniform(0.7, 1.6)));
        return new(200, finish, new TokenUsage(input, output, Math.Min(thought, output)), latency);
    }

    private long Bytes()
    {
        var bytes = (long)(_draft.System?.Length ?? 0);
        foreach (var message in _draft.Messages)
        {
            bytes += message.Content.Length;
        }

        return bytes + (60 * _draft.Tools.Count);
    }

    private readonly record struct ReplyOutcome(int Status, string? Finish, TokenUsage Usage, double LatencyMs);
}
