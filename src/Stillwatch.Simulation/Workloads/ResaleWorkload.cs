using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Customers of a reseller: unrelated people behind one account, few of whom make most requests.</summary>
internal sealed class ResaleWorkload(ConversationWorkload conversations) : Workload
{
    private const int FewestCustomers = 30;
    private const int MostCustomers = 200;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var key = RandomStream.Derive(account.Key, exchange.IsCover ? StreamPurpose.Cover : StreamPurpose.Content, exchange.Unit);
        var customers = new RandomStream(account.Key, StreamPurpose.Customer).Between(FewestCustomers, MostCustomers);
        var customer = new RandomStream(key, StreamPurpose.Customer).Zipf(customers);
        var voice = PromptComposer.VoiceOf(RandomStream.Derive(account.Key, StreamPurpose.Customer, (ulong)customer));
        conversations.Converse(voice with { Habits = (Grammar.VoiceHabits)(voice.Key & 15) }, key, exchange.Turn, draft);
    }
}
