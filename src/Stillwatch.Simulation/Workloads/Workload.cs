using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>
/// Composes the requests of one kind of account. What is composed is a function of the account and the exchange alone; implementations keep
/// no state between calls, but one instance serves one thread.
/// </summary>
internal abstract class Workload
{
    /// <summary>Fills in the draft, which is empty but for the account's parameters.</summary>
    public abstract void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft);
}
