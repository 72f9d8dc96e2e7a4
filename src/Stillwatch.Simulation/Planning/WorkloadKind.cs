namespace Stillwatch.Simulation.Planning;

/// <summary>What an account sends.</summary>
internal enum WorkloadKind : byte
{
    Conversation,
    Tool,
    Application,
    Batch,
    Agent,
    Assignment,
    Benchmark,
    Resale,
    Harvest,
}
