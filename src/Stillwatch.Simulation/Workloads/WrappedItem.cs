using Stillwatch.Simulation.Scenarios;

namespace Stillwatch.Simulation.Workloads;

/// <summary>What a wrapped prompt is made of.</summary>
/// <param name="Capability">Which wrapper.</param>
/// <param name="Kind">What the item is.</param>
/// <param name="WrapperKey">Decides the wording of the wrapper.</param>
/// <param name="ContentKey">Decides the item.</param>
/// <param name="LayoutKey">Decides where the wrapper stands.</param>
/// <param name="Edited">Whether the item is changed slightly and may ask in another language.</param>
internal readonly record struct WrappedItem(
    Capability Capability, PromptKind Kind, ulong WrapperKey, ulong ContentKey, ulong LayoutKey, bool Edited = false);
