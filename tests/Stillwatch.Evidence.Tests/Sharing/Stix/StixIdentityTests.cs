using System.Text.Json.Nodes;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Stix.Observables;

namespace Stillwatch.Evidence.Tests.Sharing.Stix;

public sealed class StixIdentityTests
{
    /// <summary>The ids that cti-python-stix2 asserts (test_deterministic_ids.py), and one computed apart.</summary>
    [Theory]
    [InlineData("file", """
        {"name":"example.exe","size":68000,"hashes":{"SHA-256":"841a8921140aba50671ebb0770fecc4ee308c4952cfeff8de154ab14eeef4649"},
         "extensions":{"windows-pebinary-ext":{"pe_type":"exe","machine_hex":"014c","sections":[{"name":".data","size":4096,
         "entropy":7.980693,"hashes":{"SHA-256":"6e3b6f3978e5cd96ba7abee35c24e867b7e64072e2ecb22d0ee7a6e6af6894d0"}}]}}}
        """, "file--ced31cd4-bdcb-537d-aefa-92d291bfc11d")]
    [InlineData("windows-registry-key", """{"values":[{"name":"Foo","data":"qwerty"},{"name":"Bar","data":"42"}]}""",
        "windows-registry-key--36594eba-bcc7-5014-9835-0e154264e588")]
    [InlineData("ipv4-addr", """{"value":"198.51.100.3"}""", "ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4")]
    public void ObservableId_PublishedVectors_AreReproduced(string type, string properties, string id) =>
        Assert.Equal(id, ObservableId.Of(type, JsonNode.Parse(properties)!.AsObject())?.ToString());

    [Fact]
    public void ObservableId_SeveralHashes_OnlyThePreferredCounts()
    {
        var one = ObservableId.Of("file", new JsonObject { ["hashes"] = new JsonObject { ["MD5"] = "0", ["SHA-256"] = "1" } });
        var other = ObservableId.Of("file", new JsonObject { ["hashes"] = new JsonObject { ["SHA-256"] = "2", ["MD5"] = "0" } });
        Assert.Equal(one, other);
        Assert.NotEqual(one, ObservableId.Of("file", new JsonObject { ["hashes"] = new JsonObject { ["MD5"] = "3" } }));
    }

    [Fact]
    public void ObservableId_NothingThatContributes_IsLeftToChance() =>
        Assert.Null(ObservableId.Of("email-message", new JsonObject { ["is_multipart"] = false }));

    [Theory]
    [InlineData("indicator--a932fcc6-e032-476c-826f-cb970a5a1ade", true)]
    [InlineData("x-match-token--a932fcc6-e032-576c-826f-cb970a5a1ade", true)]
    [InlineData("indicator--a932fcc6-e032-476c-026f-cb970a5a1ade", false)]
    [InlineData("indicator--a932fcc6-e032-076c-826f-cb970a5a1ade", false)]
    [InlineData("Indicator--a932fcc6-e032-476c-826f-cb970a5a1ade", false)]
    [InlineData("in--a932fcc6-e032-476c-826f-cb970a5a1ade", false)]
    [InlineData("indicator-a932fcc6-e032-476c-826f-cb970a5a1ade", false)]
    [InlineData("x--y--a932fcc6-e032-476c-826f-cb970a5a1ade", false)]
    [InlineData("indicator--{a932fcc6e032476c826fcb970a5a1ade000}", false)]
    [InlineData("", false)]
    public void StixId_OnlyTypeAndUuid_AreRead(string text, bool isId)
    {
        Assert.Equal(isId, StixId.TryParse(text, null, out var id));
        Assert.Equal(isId ? text : "", isId ? id.ToString() : "");
    }

    [Theory]
    [InlineData("2026-03-01T10:20:30Z", true)]
    [InlineData("2026-03-01T10:20:60.123456789Z", true)]
    [InlineData("2026-02-30T10:20:30Z", false)]
    [InlineData("2026-03-01T24:00:00Z", false)]
    [InlineData("2026-03-01T10:20:30+00:00", false)]
    [InlineData("2026-03-01 10:20:30Z", false)]
    [InlineData("2026-03-01T10:20:30Z\n", false)]
    [InlineData("", false)]
    public void StixTimestamp_OnlyRfc3339InUtc_IsRead(string text, bool isTime) =>
        Assert.Equal(isTime, StixTimestamp.TryParse(text, out _));

    [Fact]
    public void PseudonymKey_OtherKeyPurposeOrName_GivesAnother()
    {
        var key = new PseudonymKey(new byte[32]);
        Assert.Equal(key.Of("account", "a"), new PseudonymKey(new byte[32]).Of("account", "a"));
        string[] others =
        [
            key.Of("account", "b"), key.Of("accoun", "ta"), new PseudonymKey([.. new byte[31], 1]).Of("account", "a"),
        ];
        Assert.DoesNotContain(key.Of("account", "a"), others);
        Assert.Equal((4, true), (key.Uuid("p", "n").Version, key.Uuid("p", "n").Variant is >= 8 and <= 11));
        Assert.DoesNotContain("00000000", key.ToString(), StringComparison.Ordinal);
    }
}
