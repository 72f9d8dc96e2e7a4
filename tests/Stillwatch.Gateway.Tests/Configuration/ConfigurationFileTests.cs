using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    private const string Least = """
        listeners:
          - address: 127.0.0.1:8080
        keys: keys.json
        upstreams:
          main: {url: "http://127.0.0.1:8000"}
        models:
          - {name: my-model, upstream: main}
        observation: {spool: spool, store: data}
        """;

    [Fact]
    public void Configuration_WithTheLeast_HasTheDocumentedDefaults()
    {
        var (options, faults, _) = ConfigurationFile.Parse(Least, "/etc/stillwatch/stillwatch.yaml");
        Assert.Empty(faults);
        Assert.Equal("/etc/stillwatch/keys.json", options!.KeysFile);
        Assert.Equal("/etc/stillwatch/spool", options.Observation.Spool);
        Assert.Equal("/etc/stillwatch/data", options.Observation.Store);
        Assert.Equal(32 << 20, options.Limits.MaxRequestBytes);
        Assert.Equal(8 << 20, options.Limits.MaxEventBytes);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Limits.BadKeyHold);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Limits.DrainTimeout);
        var upstream = options.Upstreams["main"];
        Assert.Equal(TimeSpan.FromMinutes(15), upstream.FirstByteTimeout);
        Assert.Equal(TimeSpan.FromMinutes(5), upstream.IdleTimeout);
        Assert.Equal(CredentialScheme.None, upstream.Scheme);
        Assert.Null(options.Admin);
        Assert.False(options.Observation.RefuseWhenFull);
    }

    [Fact]
    public void Configuration_WithManyFaults_NamesAllOfThemAtOnce()
    {
        const string Text = """
            listeners:
              - address: 0.0.0.0:8080
              - address: nonsense
                port: 1
            keys:
            admin: 0.0.0.0:9000
            upstreams:
              main:
                url: ftp://x
                idle_timeout: 5
              second:
                url: http://127.0.0.1:1
                api_key_env: STILLWATCH_TEST_NO_SUCH_VARIABLE
            models:
              - {name: a, upstream: third}
              - {name: a, upstream: second}
              - {name: "b*c", upstream: second}
            pass_through:
              - {method: TRACE, path: v1, upstream: second}
            trusted_proxies:
              networks: [10.0.0.0/99]
            limits:
              max_request_bytes: 5GiB
            observation: {spool: s, keep: half}
            """;
        var (options, faults, _) = ConfigurationFile.Parse(Text, "s.yaml");
        Assert.Null(options);
        (int Line, string Member, string Part)[] expected =
        [
            (2, "listeners[0].address", "without a certificate keys would travel legibly"),
            (3, "listeners[1].address", "'nonsense' is no address with a port"),
            (4, "listeners[1].port", "there is no such member; accepted are address, certificate, certificate_password_env"),
            (1, "keys", "it is missing"),
            (6, "admin", "metrics are served to everyone"),
            (9, "upstreams.main.url", "'ftp://x' is no address of a server"),
            (10, "upstreams.main.idle_timeout", "write it as 30s, 5m or 1h"),
            (13, "upstreams.second.api_key_env", "STILLWATCH_TEST_NO_SUCH_VARIABLE is not set"),
            (15, "models[0].upstream", "there is no upstream 'third'"),
            (16, "models[1].name", "'a' is given twice"),
            (17, "models[2].name", "a * may only stand at the end"),
            (19, "pass_through[0].method", "'TRACE' is none of"),
            (19, "pass_through[0].path", "must begin with /"),
            (21, "trusted_proxies.networks[0]", "'10.0.0.0/99' is no network"),
            (23, "limits.max_request_bytes", "'5GiB' is no size from 1KiB to 1GiB"),
            (24, "observation.keep", "half"),
            (24, "observation.store", "exactly one of store and log"),
        ];
        Assert.Equal(faults.OrderBy(fault => fault.Line), faults);
        foreach (var (line, member, part) in expected)
        {
            Assert.True(
                faults.Any(fault => fault.Line == line && fault.Member == member && fault.Message.Contains(part, StringComparison.Ordinal)),
                $"{line} {member} {part} is not among:\n{string.Join('\n', faults)}");
        }

        Assert.Equal(expected.Length, faults.Count);
        Assert.StartsWith("s.yaml:1: ", faults[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("- a", 1)]
    [InlineData("listeners: [\nkeys: 1", 1)]
    [InlineData("a: 1\na: 2", 1)]
    public void Text_ThatIsNoConfiguration_IsOneFaultWithALine(string text, int atLeastLine)
    {
        var (options, faults, _) = ConfigurationFile.Parse(text, "s.yaml");
        Assert.Null(options);
        Assert.True(Assert.Single(faults).Line >= atLeastLine);
    }

    [Fact]
    public void Flags_OfDanger_AllowWhatIsRefusedOtherwise()
    {
        var text = Least.Replace("- address: 127.0.0.1:8080", "- {address: \"0.0.0.0:80\", dangerous_plain_http: true}",
            StringComparison.Ordinal)
            + "\nadmin: 0.0.0.0:9000\ndangerous_public_admin: true\n";
        Assert.Empty(ConfigurationFile.Parse(text, "s.yaml").Faults);
    }

    [Theory]
    [InlineData("32MiB", 32L << 20)]
    [InlineData("1.5KiB", 1536)]
    [InlineData("7", 7)]
    public void Size_WithAUnit_IsBytes(string text, long bytes)
    {
        Assert.True(Quantity.TrySize(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("90s", 90)]
    [InlineData("1.5m", 90)]
    [InlineData("2h", 7200)]
    public void Duration_WithAUnit_IsThatLong(string text, double seconds)
    {
        Assert.True(Quantity.TryDuration(text, out var length));
        Assert.Equal(seconds, length.TotalSeconds);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1e9h")]
    [InlineData("99999999h")]
    public void Duration_OfAnotherForm_IsNone(string text) => Assert.False(Quantity.TryDuration(text, out _));
}
