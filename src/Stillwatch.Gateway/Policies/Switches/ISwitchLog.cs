using Stillwatch.Evidence.Decisions;

namespace Stillwatch.Gateway.Policies.Switches;

/// <summary>Where the steps of switches are written before they take effect.</summary>
public interface ISwitchLog
{
    /// <summary>Appends an entry; ends when it is durable.</summary>
    Task AppendAsync(DecisionEntry entry, CancellationToken cancellationToken);
}
