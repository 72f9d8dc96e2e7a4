using System.Reflection;
using Stillwatch.Evidence.Cases;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>How to check a dossier without the program that made it.</summary>
internal static class DossierInstructions
{
    public static byte[] GoProgram()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("verify.go")!;
        var program = new byte[resource.Length];
        resource.ReadExactly(program);
        return program;
    }

    public static string Text(int number, string origin) =>
        $$"""
        Dossier of {{CaseEntry.SubjectOf(number)}} of the log {{origin}}

        narrative.html   what happened, for people; opens in any browser, offline, and prints
        findings.json    what was found about the campaign, with pseudonyms for accounts
        figures.json     the figures, computed again from the findings and the samples
        timeline.json    what happened when
        samples.json     interactions with their hashes, if a store was at hand
        entries/         the entries of the case in the log, each with a proof that it is there
        content/         what the entries say; each file is named after its SHA-256, which its entry has
        checkpoint       the log's signed statement of its size and root
        timestamps/      earlier checkpoints with an authority's token (RFC 3161), if the log has any
        SHA256SUMS       the SHA-256 of every file; SHA256SUMS.note has the log's signature under it
        verify.go        checks the entries with Go's own library

        With the program:  stillwatch evidence verify THIS --vkey VKEY --roots CA.pem

        Without it. VKEY is the log's key, NAME+ID+BASE64, and CA.pem holds the root certificate of the timestamp authority; have both from
        somebody you trust, not from here.

        1. Nothing was changed, added or lost:
             sha256sum -c SHA256SUMS
             test "$(sed -n 3p SHA256SUMS.note)" = "$(sha256sum SHA256SUMS | cut -d' ' -f1)" && echo same
             find . -type f | wc -l; wc -l < SHA256SUMS        (the first is larger by 2)
        2. The log signed that list (OpenSSL; the same for 'checkpoint'):
             sed '/^$/q' SHA256SUMS.note | sed '$d' > /tmp/body
             sed -n 's/^— [^ ]* //p' SHA256SUMS.note | head -n 1 | base64 -d | tail -c +5 > /tmp/signature
             { printf '302a300506032b6570032100' | xxd -r -p; echo VKEY | cut -d+ -f3- | base64 -d | tail -c +2; } > /tmp/key.der
             openssl pkeyutl -verify -pubin -keyform DER -inkey /tmp/key.der -rawin -in /tmp/body -sigfile /tmp/signature
        3. Every entry is in the log, which continues every checkpoint in timestamps/ (Go; Debian: golang-go, golang-golang-x-mod-dev):
             GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go VKEY
        4. What the entries say is what is in content/:
             for f in content/*; do h=$(sha256sum < "$f" | cut -d' ' -f1); grep -l "$h" entries/*.json; done
        5. The entries with an index smaller than SIZE existed at the time that timestamps/SIZE.tst says (OpenSSL):
             for t in timestamps/*.tst; do openssl ts -verify -data "${t%.tst}.checkpoint" -in "$t" -token_in -CAfile CA.pem; done

        """;
}
