using Stillwatch.Sketching;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>
/// What the rivals see of one interaction. Values are numbers of the table, <see cref="InteractionTable.None"/> where absent.
/// </summary>
internal readonly record struct InteractionRow
{
    /// <summary>The account's number.</summary>
    public int Account { get; init; }

    /// <summary>When it arrived, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long ObservedAtMs { get; init; }

    /// <summary>The client address.</summary>
    public int Address { get; init; }

    /// <summary>The client network.</summary>
    public int Network { get; init; }

    /// <summary>The autonomous system as a value of the table.</summary>
    public int AutonomousSystem { get; init; }

    /// <summary>The program.</summary>
    public int Client { get; init; }

    /// <summary>The system prompt.</summary>
    public int SystemPrompt { get; init; }

    /// <summary>The set of tools.</summary>
    public int ToolSet { get; init; }

    /// <summary>Number of the model asked, in the order of first use.</summary>
    public int Model { get; init; }

    /// <summary>Tokens in and out.</summary>
    public int Tokens { get; init; }

    /// <summary>What the prompt asks the model to give away.</summary>
    public Elicitation Elicitation { get; init; }

    /// <summary>What rules look for in the request.</summary>
    public RequestTraits Traits { get; init; }
}
