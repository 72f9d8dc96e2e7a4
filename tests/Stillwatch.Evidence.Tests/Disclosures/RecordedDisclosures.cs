using Stillwatch.Evidence.Disclosures;

namespace Stillwatch.Evidence.Tests.Disclosures;

/// <summary>Disclosures in memory, which can be made to fail.</summary>
internal sealed class RecordedDisclosures : IDisclosureLog
{
    private readonly Lock _gate = new();

    public List<Disclosure> All { get; } = [];

    public bool IsBroken { get; set; }

    public Task AppendAsync(Disclosure disclosure, CancellationToken cancellationToken)
    {
        if (IsBroken)
        {
            throw new IOException("the disk is full");
        }

        lock (_gate)
        {
            All.Add(disclosure);
        }

        return Task.CompletedTask;
    }
}
