using System.Security.Cryptography;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>Who holds the inputs (RFC 9497, 3.3): blinds them, and makes the output of what the key holder returns.</summary>
public sealed class OprfClient
{
    private readonly OprfSuite _suite;
    private readonly OprfMode _mode;

    /// <param name="mode">Which protocol.</param>
    public OprfClient(OprfMode mode) => (_mode, _suite) = (mode, OprfSuite.Of(mode));

    /// <summary>Blinds an input under a fresh blind.</summary>
    /// <param name="input">At most 65,535 bytes.</param>
    public BlindedInput Blind(ReadOnlyMemory<byte> input) => Blind(input, Scalar.Random());

    /// <summary>The outputs of a batch, 32 bytes each.</summary>
    /// <param name="inputs">The blinded inputs, in the order in which they were sent.</param>
    /// <param name="evaluated">What came back.</param>
    /// <param name="publicKey">The key that should have been used; not looked at in the base mode.</param>
    /// <param name="proof">The proof that it was; not looked at in the base mode.</param>
    /// <exception cref="CryptographicException">The proof does not hold: the key holder erred or cheats, and nothing is output.</exception>
    public IReadOnlyList<byte[]> Finalize(
        IReadOnlyList<BlindedInput> inputs, IReadOnlyList<GroupElement> evaluated, GroupElement? publicKey, ReadOnlySpan<byte> proof)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(evaluated);
        ArgumentOutOfRangeException.ThrowIfNotEqual(evaluated.Count, inputs.Count, nameof(evaluated));
        if (_mode == OprfMode.Verifiable)
        {
            ArgumentNullException.ThrowIfNull(publicKey);
            if (!DleqProof.Verify(publicKey, [.. inputs.Select(static input => input.Element)], evaluated, proof))
            {
                throw new CryptographicException("The key holder's proof does not hold: another key was used, or the answer was changed.");
            }
        }

        return [.. inputs.Zip(evaluated, Output)];
    }

    /// <summary>Blinds an input under a given blind, as test vectors need it.</summary>
    internal BlindedInput Blind(ReadOnlyMemory<byte> input, Scalar blind)
    {
        using var element = _suite.HashToGroup(input.Span);
        return new BlindedInput(input, blind, element.Multiply(blind));
    }

    private static byte[] Output(BlindedInput input, GroupElement evaluated)
    {
        using var inverse = input.Blind.Invert();
        using var unblinded = evaluated.Multiply(inverse);
        return OprfSuite.Output(input.Input.Span, unblinded.ToBytes());
    }
}
