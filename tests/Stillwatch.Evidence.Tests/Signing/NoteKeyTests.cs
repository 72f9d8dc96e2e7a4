using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Tests.Signing;

public sealed class NoteKeyTests
{
    [Fact]
    public void Parse_PublishedPrivateKey_GivesItsPublicHalf()
    {
        using var key = NoteSigningKey.Parse(TestKeys.Tessera);
        Assert.Equal(TestKeys.TesseraVerifier, key.VerifierKey.ToString());
    }

    [Theory]
    [InlineData(NoteKeyType.Ed25519)]
    [InlineData(NoteKeyType.Cosignature)]
    public void Generate_AnyType_CanBeReadBack(NoteKeyType type)
    {
        using var key = NoteSigningKey.Parse(NoteSigningKey.Generate("example.com/log", type));
        Assert.Equal(type, key.VerifierKey.Type);
        Assert.Equal(key.VerifierKey.KeyId, NoteVerifierKey.Parse(key.VerifierKey.ToString()).KeyId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PRIVATE+KEY+")]
    [InlineData("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")]
    [InlineData("PRIVATE+KEY+example.com/log/testdata+33d7b497+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")]
    [InlineData("PRIVATE+KEY+example.com/log/testdata+33d7b496+AuymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg")]
    [InlineData("PRIVATE+KEY+example.com/log/testdata+33d7b496+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3e")]
    public void Parse_MalformedPrivateKey_IsRefusedWithoutRepeatingIt(string form)
    {
        var fault = Assert.Throws<InvalidDataException>(() => NoteSigningKey.Parse(form));
        Assert.DoesNotContain("ymY/SZAX0jZcJ8enZ5FY1D", fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.com/foo")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+BukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv")]
    [InlineData("example.com/foo+0x53d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    public void Parse_MalformedVerifierKey_IsRefused(string vkey) =>
        Assert.Throws<InvalidDataException>(() => NoteVerifierKey.Parse(vkey));

    [Fact]
    public void KeyFile_Created_IsForItsOwnerAloneAndNeverOverwritten()
    {
        using var folder = new ScratchFolder();
        var path = folder.At("log.key");
        var created = SigningKeyFile.Create(path, "example.com/log", NoteKeyType.Ed25519);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using (var key = SigningKeyFile.Read(path))
        {
            Assert.Equal(created.ToString(), key.VerifierKey.ToString());
        }

        Assert.Throws<IOException>(() => SigningKeyFile.Create(path, "example.com/other", NoteKeyType.Ed25519));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var fault = Assert.Throws<InvalidDataException>(() => SigningKeyFile.Read(path));
        Assert.Contains("chmod 600", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_WithAWitnessKey_IsABrokenPromise()
    {
        using var witness = TestKeys.Witness("example.com/witness");
        using var log = TestKeys.Log("example.com/log");
        Assert.Throws<InvalidOperationException>(() => witness.Sign("text\n"u8));
        Assert.Throws<InvalidOperationException>(() => log.Cosign("text\n"u8, DateTimeOffset.UnixEpoch));
    }
}
