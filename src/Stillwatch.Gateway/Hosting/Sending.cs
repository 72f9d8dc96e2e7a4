using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Hosting;

/// <summary>What is forwarded, once the responses have had their say.</summary>
/// <param name="Body">The body.</param>
/// <param name="Notes">What is to be noted; null for nothing.</param>
/// <param name="Perturbation">What is done to the reply; null for nothing.</param>
internal readonly record struct Sending(ReadOnlyMemory<byte> Body, IReadOnlyList<DecisionNote>? Notes, ReplyPerturbation? Perturbation);
