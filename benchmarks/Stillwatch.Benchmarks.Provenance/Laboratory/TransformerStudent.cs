using Stillwatch.Provenance.Laboratory;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Benchmarks.Provenance.Laboratory;

/// <summary>A suspect.</summary>
/// <param name="Model">Itself.</param>
/// <param name="Bits">The key that it is tested with.</param>
/// <param name="Said">What it says when nothing is asked.</param>
internal sealed record TransformerStudent(TransformerModel Model, KeyedGreenBits Bits, IReadOnlyList<int[]> Said);
