using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Tests.Signing;

/// <summary>The <c>openssl</c> program as a second opinion on Ed25519 signatures.</summary>
internal static class OpenSslSignature
{
    /// <summary>SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410).</summary>
    private static readonly byte[] SpkiPrefix = Convert.FromHexString("302a300506032b6570032100");

    public static async Task<bool> VerifiesAsync(Ed25519PublicKey key, byte[] message, byte[] signature)
    {
        ExternalProgram.SkipUnlessInstalled("openssl", "openssl");
        using var folder = new ScratchFolder();
        await File.WriteAllBytesAsync(folder.At("key.der"), [.. SpkiPrefix, .. key.Bytes]);
        await File.WriteAllBytesAsync(folder.At("message"), message);
        await File.WriteAllBytesAsync(folder.At("signature"), signature);
        string[] arguments =
            ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin", "-in", "message", "-sigfile", "signature"];
        var (status, _, _) = await ExternalProgram.RunAsync("openssl", arguments, folder.Path);
        return status == 0;
    }
}
