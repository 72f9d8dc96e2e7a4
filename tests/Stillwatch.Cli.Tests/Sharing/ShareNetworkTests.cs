using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests.Sharing;

/// <summary>Two processes, one that serves and one that asks.</summary>
public sealed class ShareNetworkTests : IDisposable
{
    private const string Collection = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

    private readonly SharingFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>HTTPS with a certificate that only the client who names it believes.</summary>
    [Fact]
    public async Task Taxii_PushThenPull_GivesTheSameObjectsOnceAndLogsBothSides()
    {
        await _folder.InitAsync();
        await WriteCertificateAsync();
        await _folder.WriteAsync("taxii.json", $$"""
            {"api_roots":[{"name":"lab","title":"t","collections":[{"id":"{{Collection}}","title":"c"}]}]}
            """);
        await _folder.WriteAsync("bundle.json", SharingFolder.Bundle("2026-01-01T00:00:00Z", null, "[ipv4-addr:value = '198.51.100.7']"));
        await _folder.OkAsync("$stillwatch share api-key lab-a --read '*' --write '*' > lab-a.secret");
        using var server = await ServingProcess.StartAsync(
            _folder.FullName, "serve", ".", "--certificate", "server.pfx", "--log", "log", "--key", "log.key");
        Assert.Equal(Uri.UriSchemeHttps, server.Address.Scheme);
        var remote = $"--server {server.Address}lab/ --name lab-a --secret lab-a.secret";
        await _folder.OkAsync($"$stillwatch share push {Collection} bundle.json {remote} --ca ca.pem {SharingFolder.Log}");
        await _folder.OkAsync($"$stillwatch share pull {Collection} {remote} --ca ca.pem --out pulled");
        var pulled = JsonNode.Parse(File.ReadAllText(Assert.Single(Directory.EnumerateFiles(_folder.At("pulled"), "bundle--*"))))!;
        var pushed = JsonNode.Parse(await _folder.ReadAsync("bundle.json"))!;
        Assert.True(JsonNode.DeepEquals(pushed["objects"], pulled["objects"]));
        await _folder.OkAsync($"$stillwatch share pull {Collection} {remote} --ca ca.pem --out pulled");
        Assert.Single(Directory.EnumerateFiles(_folder.At("pulled"), "bundle--*"));
        var (status, _, errors) = await CommandLineRun.FinishShellAsync(
            $"$stillwatch share pull {Collection} {remote} --out strange", _folder.FullName);
        Assert.True(status == 1 && errors.Contains("SSL", StringComparison.Ordinal), errors);
        server.Kill();
        var disclosures = await _folder.DisclosuresAsync();
        Assert.Contains($"taxiiPush to {server.Address}lab/", disclosures, StringComparison.Ordinal);
        Assert.Single(disclosures.Split('\n'), line => line.Contains($"taxiiAnswer to lab-a", StringComparison.Ordinal));
        Assert.DoesNotContain("198.51.100.7", disclosures, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Match_WhatTwoLabsReported_IsFoundByTheThirdAlone()
    {
        await _folder.InitAsync();
        foreach (var lab in (string[])["lab-a", "lab-b", "lab-c"])
        {
            await _folder.OkAsync($"$stillwatch share api-key {lab} --evaluate > {lab}.secret");
        }

        await _folder.WriteAsync("blocked.txt", "bad-1\nbad-2\n");
        await _folder.WriteAsync("theirs.jsonl", """
            {"account":"bad-1","kind":"email","value":"Farm@mail.example"}
            {"account":"bad-2","kind":"payment","value":"4111 1111 1111 1111"}
            {"account":"good","kind":"email","value":"good@mail.example"}
            """);
        await _folder.WriteAsync("ours.jsonl", """
            {"account":"ours-1","kind":"email","value":"farm@mail.example"}
            {"account":"ours-2","kind":"email","value":"good@mail.example"}
            """);
        using var server = await ServingProcess.StartAsync(_folder.FullName, "key-service", "--log", "log", "--key", "log.key");
        var remote = $"--server {server.Address} {SharingFolder.Log}";
        foreach (var lab in (string[])["lab-a", "lab-b"])
        {
            await _folder.OkAsync($"$stillwatch share tokens theirs.jsonl --enforced blocked.txt --name {lab} --secret {lab}.secret "
                + $"--producer {lab} --to group {remote} --out {lab}.tokens.json");
        }

        await _folder.OkAsync($"$stillwatch share match lab-a.tokens.json lab-b.tokens.json --values ours.jsonl --name lab-c "
            + $"--secret lab-c.secret --producer lab-c --to self {remote} --out matches.json");
        var found = JsonNode.Parse(await _folder.ReadAsync("matches.json"))!["objects"]!.AsArray()
            .Where(item => (string)item!["type"]! == "indicator").Select(item => (string)item!["pattern"]!);
        Assert.Contains("'ours-1'", Assert.Single(found), StringComparison.Ordinal);
        var tokens = JsonNode.Parse(await _folder.ReadAsync("lab-a.tokens.json"))!["tokens"]!;
        Assert.Equal((1, 1), (tokens["email"]!.AsArray().Count, tokens["payment"]!.AsArray().Count));
        server.Kill();
        var disclosures = (await _folder.DisclosuresAsync()).Split('\n');
        Assert.Equal(2, disclosures.Count(line => line.Contains("matchTokens to group", StringComparison.Ordinal)));
        Assert.Equal(5, disclosures.Count(line => line.Contains("blindedElements to ", StringComparison.Ordinal)));
        Assert.Equal(5, disclosures.Count(line => line.Contains("evaluations to lab-", StringComparison.Ordinal)));
    }

    private async Task WriteCertificateAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=taxii", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await File.WriteAllBytesAsync(
            _folder.At("server.pfx"), certificate.Export(X509ContentType.Pkcs12), TestContext.Current.CancellationToken);
        await _folder.WriteAsync("ca.pem", certificate.ExportCertificatePem());
    }
}
