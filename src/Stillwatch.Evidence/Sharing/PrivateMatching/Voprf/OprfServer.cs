namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>Who holds the key (RFC 9497, 3.3): multiplies blinded elements and proves it. Never sees an input or an output.</summary>
public sealed class OprfServer : IDisposable
{
    /// <summary>The most elements of a batch: a proof over more would keep one caller busy for seconds.</summary>
    public const int MaxBatch = 1000;

    private readonly Scalar _key;

    /// <param name="key">The key, which is disposed with this.</param>
    public OprfServer(Scalar key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        PublicKey = GroupElement.Generate(key);
    }

    /// <summary>The public key, to which proofs are tied.</summary>
    public GroupElement PublicKey { get; }

    /// <summary>The key that a seed stands for (RFC 9497, 3.2.1).</summary>
    /// <param name="mode">Which protocol.</param>
    /// <param name="seed">32 uniformly random bytes.</param>
    /// <param name="info">What the key is for; public.</param>
    public static OprfServer Derive(OprfMode mode, ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, Scalar.Bytes, nameof(seed));
        return new(OprfSuite.Of(mode).DeriveKey(seed, info));
    }

    /// <summary>The element times the key, without proof.</summary>
    public GroupElement Evaluate(GroupElement blinded)
    {
        ArgumentNullException.ThrowIfNull(blinded);
        return blinded.Multiply(_key);
    }

    /// <summary>Each element times the key, and one proof for all.</summary>
    /// <param name="blinded">1 to <see cref="MaxBatch"/> elements.</param>
    public Evaluation EvaluateAndProve(IReadOnlyList<GroupElement> blinded)
    {
        using var random = Scalar.Random();
        return EvaluateAndProve(blinded, random);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        PublicKey.Dispose();
    }

    /// <summary>As above with a given random scalar, as test vectors need it.</summary>
    internal Evaluation EvaluateAndProve(IReadOnlyList<GroupElement> blinded, Scalar random)
    {
        ArgumentNullException.ThrowIfNull(blinded);
        ArgumentOutOfRangeException.ThrowIfZero(blinded.Count, nameof(blinded));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blinded.Count, MaxBatch, nameof(blinded));
        var evaluated = blinded.Select(Evaluate).ToList();
        return new Evaluation(evaluated, DleqProof.Generate(_key, PublicKey, blinded, evaluated, random));
    }
}
