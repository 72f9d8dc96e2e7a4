namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>An input with the blind that hides it. Dispose it once it is finalized: the blind is secret.</summary>
/// <param name="Input">The input.</param>
/// <param name="Blind">The random factor.</param>
/// <param name="Element">What goes to the key holder; it says nothing of the input.</param>
public sealed record BlindedInput(ReadOnlyMemory<byte> Input, Scalar Blind, GroupElement Element) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Blind.Dispose();
        Element.Dispose();
    }
}
