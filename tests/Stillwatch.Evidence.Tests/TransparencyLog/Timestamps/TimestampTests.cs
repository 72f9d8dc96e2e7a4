using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Timestamps;

namespace Stillwatch.Evidence.Tests.TransparencyLog.Timestamps;

public sealed class TimestampTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();
    private readonly NoteSigningKey _key = TestKeys.Log(LogFiles.Origin);
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _key.Dispose();
        _http.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task Stamp_OfACheckpoint_VerifiesHereAndByOpenSslAndForNoOtherBytes()
    {
        var token = TestContext.Current.CancellationToken;
        await using var authority = await OpenSslAuthority.StartAsync();
        await LogFiles.WriteAsync(_scratch.At("log"), _key, 20);
        var checkpoint = LogReader.Open(_scratch.At("log"), _key.VerifierKey).Checkpoint;
        var stamp = await new TimestampAuthority(_http, authority.Address, authority.Roots).StampAsync(checkpoint.ToBytes(), token);
        var path = new LogAttachments(_scratch.At("log")).Keep(checkpoint, stamp);
        var document = Path.ChangeExtension(path, "checkpoint");
        Assert.Equal(0, await OpenSslVerifyAsync(document, path, authority.RootPath));

        var read = TimestampToken.Parse(await File.ReadAllBytesAsync(path, token))!;
        Assert.Equal(stamp.At, read.At);
        Assert.Equal(TimestampVerdict.Verified, read.Verify(checkpoint.ToBytes(), authority.Roots));
        Assert.Equal(TimestampVerdict.NotOfThisDocument, read.Verify([.. checkpoint.ToBytes(), 0], authority.Roots));
        Assert.Equal(TimestampVerdict.UntrustedAuthority, read.Verify(checkpoint.ToBytes(), OtherRoot()));

        await File.AppendAllTextAsync(document, "x", token);
        Assert.NotEqual(0, await OpenSslVerifyAsync(document, path, authority.RootPath));
    }

    [Fact]
    public async Task Stamp_ByAnAuthorityThatIsNotTrusted_IsRefused()
    {
        await using var authority = await OpenSslAuthority.StartAsync();
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() =>
            new TimestampAuthority(_http, authority.Address, OtherRoot()).StampAsync([1, 2, 3], TestContext.Current.CancellationToken));
        Assert.Contains("UntrustedAuthority", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public async Task Stamp_AnswerThatIsNoStamp_IsRefused(int length)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(context => context.Response.Body.WriteAsync(new byte[length]).AsTask());
        await server.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            new TimestampAuthority(_http, new(server.Urls.First()), []).StampAsync([1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Parse_WhatIsNoToken_IsNone()
    {
        Assert.Null(TimestampToken.Parse(new byte[100]));
        Assert.Null(TimestampToken.Parse(new byte[TimestampToken.MaxBytes + 1]));
    }

    private static async Task<int> OpenSslVerifyAsync(string document, string token, string root) => (await ExternalProgram.RunAsync(
        "openssl", ["ts", "-verify", "-data", document, "-in", token, "-token_in", "-CAfile", root])).Status;

    private static X509Certificate2Collection OtherRoot()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Other root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return [request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1))];
    }
}
