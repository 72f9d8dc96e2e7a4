namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Evidence of one kind, which counts as one however many statistics it has.</summary>
internal sealed class EvidenceFamily(IReadOnlyList<IEvidence> members) : IEvidence
{
    /// <inheritdoc/>
    public int Statistics { get; } = members.Sum(static member => member.Statistics);

    /// <inheritdoc/>
    public IPoolEvidence On(ReadOnlySpan<int> pool)
    {
        var prepared = new IPoolEvidence[members.Count];
        for (var member = 0; member < prepared.Length; member++)
        {
            prepared[member] = members[member].On(pool);
        }

        return new Together(members, prepared);
    }

    private sealed class Together(IReadOnlyList<IEvidence> members, IPoolEvidence[] prepared) : IPoolEvidence
    {
        public void Measure(SampleSet samples, double[][] statistics, int first)
        {
            for (var member = 0; member < prepared.Length; member++)
            {
                prepared[member].Measure(samples, statistics, first);
                first += members[member].Statistics;
            }
        }
    }
}
