using Stillwatch.Evidence.Tests.Cases;

namespace Stillwatch.Evidence.Tests.Dossiers;

/// <summary>A dossier's own instructions, followed with programs that are not ours.</summary>
public sealed class DossierInstructionsTests
{
    private const string Signature =
        """
        set -e
        sed '/^$/q' SHA256SUMS.note | sed '$d' > /tmp/body
        sed -n 's/^— [^ ]* //p' SHA256SUMS.note | head -n 1 | base64 -d | tail -c +5 > /tmp/signature
        { printf '302a300506032b6570032100' | xxd -r -p; echo VKEY | cut -d+ -f3- | base64 -d | tail -c +2; } > /tmp/key.der
        openssl pkeyutl -verify -pubin -keyform DER -inkey /tmp/key.der -rawin -in /tmp/body -sigfile /tmp/signature
        """;

    [Fact]
    public async Task Go_VerifiesTheEntries_AndRefusesOneThatWasChanged()
    {
        ExternalProgram.SkipUnlessInstalled("go", "golang-go");
        Assert.SkipUnless(
            Directory.Exists("/usr/share/gocode/src/golang.org/x/mod"), "golang-golang-x-mod-dev is not installed.");
        using var fixture = await CaseFixture.CreateAsync();
        (await DossierFixture.MakeAsync(fixture)).WriteTo(fixture.At("d"));
        var (status, output, errors) = await RunAsync(
            fixture, $"GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE={fixture.At("go")} go run verify.go {fixture.Key.VerifierKey}");
        Assert.True(status == 0, errors);
        Assert.Equal(4, output.Split("included: entries/").Length - 1);
        (status, _, _) = await RunAsync(
            fixture,
            "printf x >> entries/000000000001.json; "
                + $"GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE={fixture.At("go")} go run verify.go {fixture.Key.VerifierKey}");
        Assert.NotEqual(0, status);
    }

    [Fact]
    public async Task Sha256sumAndOpenSsl_VerifyTheFilesAndTheSignature()
    {
        ExternalProgram.SkipUnlessInstalled("openssl", "openssl");
        ExternalProgram.SkipUnlessInstalled("xxd", "xxd");
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        files.WriteTo(fixture.At("d"));
        var script = Signature.Replace("/tmp", fixture.At("tmp"), StringComparison.Ordinal)
            .Replace("VKEY", fixture.Key.VerifierKey.ToString(), StringComparison.Ordinal);
        Directory.CreateDirectory(fixture.At("tmp"));
        var (status, output, errors) = await RunAsync(
            fixture,
            "sha256sum --quiet -c SHA256SUMS && "
                + "test \"$(sed -n 3p SHA256SUMS.note)\" = \"$(sha256sum SHA256SUMS | cut -d' ' -f1)\" && echo same\n" + script);
        Assert.True(status == 0, errors);
        Assert.StartsWith("same", output, StringComparison.Ordinal);
        Assert.Contains("Signature Verified Successfully", output, StringComparison.Ordinal);
        var instructions = System.Text.Encoding.UTF8.GetString(files.Get("README.txt"));
        Assert.All(Signature.Split('\n').Skip(1), line => Assert.Contains(line.Trim(), instructions, StringComparison.Ordinal));
        (status, _, _) = await RunAsync(fixture, "printf x >> narrative.html; sha256sum --quiet -c SHA256SUMS");
        Assert.NotEqual(0, status);
    }

    private static Task<(int Status, string Output, string Errors)> RunAsync(CaseFixture fixture, string line) =>
        ExternalProgram.RunAsync("bash", ["-c", line], fixture.At("d"));
}
