using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>A cyber-observable object (STIX 2.1, section 6): a fact about systems, whoever saw it.</summary>
public abstract record CyberObservable : StixObject
{
    /// <summary>The deterministic id of an observable of our making, which always has a property that contributes.</summary>
    private protected static StixId IdOf(string type, JsonObject properties) =>
        ObservableId.Of(type, properties) ?? throw new InvalidOperationException($"{type} has nothing that identifies it.");
}
