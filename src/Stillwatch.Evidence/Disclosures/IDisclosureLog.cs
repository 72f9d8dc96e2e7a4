namespace Stillwatch.Evidence.Disclosures;

/// <summary>Where disclosures are recorded.</summary>
public interface IDisclosureLog
{
    /// <summary>Completes once the record would survive a loss of power.</summary>
    /// <exception cref="IOException">It may or may not be recorded; nothing may be given out.</exception>
    Task AppendAsync(Disclosure disclosure, CancellationToken cancellationToken);
}
