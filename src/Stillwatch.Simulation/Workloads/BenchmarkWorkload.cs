using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Items of a public benchmark in their order, in the frame of a public harness.</summary>
internal sealed class BenchmarkWorkload(PromptComposer prompts) : Workload
{
    private readonly Phrases _phrases = Phrases.Shared;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var item = exchange.Ordinal % (uint)Benchmark.Size(account.GroupKey);
        var key = RandomStream.Derive(account.GroupKey, StreamPurpose.Benchmark, item);
        var topic = (int)(key % (ulong)Lexicon.Shared.Topics.Count);
        var voice = Voice.Of(account.GroupKey, topic) with { EvenWords = true };
        prompts.Append(_phrases.BenchFrame, voice, account.GroupKey);
        prompts.Writer.Begin(key, voice);
        prompts.Writer.WriteAlternative(_phrases.BenchQuestion, account.GroupKey);
        prompts.Trim();
        draft.User(prompts.Writer.Take());
        draft.Expect(60, 1);
    }
}
