namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>What the key holder returns for a batch.</summary>
/// <param name="Elements">The blinded elements times the key, in their order.</param>
/// <param name="Proof">That the key of the public key was used for all of them, 64 bytes.</param>
public sealed record Evaluation(IReadOnlyList<GroupElement> Elements, byte[] Proof) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var element in Elements)
        {
            element.Dispose();
        }
    }
}
