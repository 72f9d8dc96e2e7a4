using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Ownership;

namespace Stillwatch.Gateway.Tests.Configuration;

/// <summary>Limits, policies and organisations in the configuration: what is read, and every fault at once.</summary>
public sealed class ControlConfigurationTests : IDisposable
{
    private const string Least = """
        listeners: [{address: "127.0.0.1:8080"}]
        keys: keys.json
        upstreams: {main: {url: "http://127.0.0.1:8000"}}
        observation: {spool: spool, store: data}

        """;

    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Organisations_WithOwnersAndProofs_StandAsTheRulesSay()
    {
        Write("organisations.yaml", """
            acme: {shown: [email, phone, payment], billing_country: DE, owners: [{name: holding, percent: 50}, {name: ann, percent: 50}]}
            free: {owners: [{name: ann, percent: 100}]}
            silent: {shown: [email]}
            named: {identifiers: [{type: Registration Number, number: "12-34 567"}], owned_by_nobody: true}
            holding: {country: XA, owned_by_nobody: true}
            ann: {owned_by_nobody: true}
            """);
        Write("sdn.xml", """
            <sdnList><publshInformation><Record_Count>1</Record_Count></publshInformation><sdnEntry><uid>7</uid><lastName>Other</lastName>
            <sdnType>Entity</sdnType><idList><id><idType>Registration Number</idType><idNumber>1234567</idNumber></id></idList></sdnEntry>
            </sdnList>
            """);
        var (options, faults, files) = Parse("""
            models:
              - {name: m, upstream: main, region: eu, families: [general], input_price: 2.5, output_price: 10, max_output_tokens: 8192}
            organisations: {file: organisations.yaml, unsupported_countries: [XA], sanctions: [{file: sdn.xml}]}
            """);
        Assert.Empty(faults);
        Assert.Equal([_folder.At("sdn.xml"), _folder.At("organisations.yaml")], files);
        Assert.Equal(new(2_500_000, 10_000_000), options!.Models[0].Price);
        var register = options.Organisations!;
        var acme = register.StandingOf("acme");
        Assert.Equal((OwnershipVerdict.Marked, OwnershipVerdict.Clear), (acme.HalfOrMore!.Verdict, acme.MoreThanHalf!.Verdict));
        Assert.Equal("T1", acme.Reached.Name);
        Assert.Equal(OwnershipVerdict.Clear, register.StandingOf("free").HalfOrMore!.Verdict);
        Assert.Equal(OwnershipVerdict.Unresolved, register.StandingOf("silent").HalfOrMore!.Verdict);
        Assert.Equal("7", Assert.Single(register.StandingOf("named").Listed).Id);
        Assert.Equal(OwnershipVerdict.Marked, register.StandingOf("named").HalfOrMore!.Verdict);
        Assert.Null(register.StandingOf("nobody").HalfOrMore);
    }

    /// <summary>A key cannot say more than its organisation has shown, and nobody gains by a tier that there is not.</summary>
    [Theory]
    [InlineData("T3", "acme", "T1")]
    [InlineData("T0", "acme", "T0")]
    [InlineData("T1", "acme", "T1")]
    [InlineData("gold", "acme", "T0")]
    [InlineData("T3", "nobody", "T0")]
    public void Tier_OfAKey_IsNotAboveWhatWasShown(string said, string organisation, string counts)
    {
        Write("organisations.yaml", "acme: {shown: [email, phone, payment]}");
        var register = Parse("models: [{name: m, upstream: main}]\norganisations: {file: organisations.yaml}").Options!.Organisations!;
        Assert.Equal(counts, register.Counting(said, register.StandingOf(organisation).Reached).Name);
    }

    [Fact]
    public void Faults_OfAllFiles_AreToldAtOnceEachWithItsPlace()
    {
        Write("organisations.yaml", "acme: {shown: [mail], country: xa, programme: research}\nb: {owners: [{name: c, percent: 101}]}");
        Write("access.cedar", "permit (principal, action, resource);\nforbid (principal, action, resource) when { context. };");
        Write("sdn.xml", "<other/>");
        var (options, faults, _) = Parse("""
            models: [{name: m, upstream: main, input_price: 1e9, families: general}]
            quotas:
              limits:
                - {name: a, measure: apples, cap: 1.5, window: soon, per: [key, planet], colour: red}
                - {name: b, measure: concurrency, cap: 1, window: 60s}
                - {name: b, measure: money, cap: 2.5, match: {moons: []}}
            policies: {file: access.cedar, dry_run: none.cedar}
            organisations: {file: organisations.yaml, sanctions: [{file: sdn.xml}], programmes_from: T9}
            decisions: {log: none, key: none.key}
            """);
        Assert.Null(options);
        (string File, int Line, string Member, string Part)[] expected =
        [
            ("stillwatch.yaml", 5, "models[0].input_price", "'1e9' is no amount"),
            ("stillwatch.yaml", 5, "models[0].families", "must be a list"),
            ("stillwatch.yaml", 7, "quotas.journal", "it is missing"),
            ("stillwatch.yaml", 8, "quotas.limits[0].measure", "'apples' is none of requests, input_tokens, output_tokens"),
            ("stillwatch.yaml", 8, "quotas.limits[0].cap", "'1.5' is no whole number"),
            ("stillwatch.yaml", 8, "quotas.limits[0].window", "write it as"),
            ("stillwatch.yaml", 8, "quotas.limits[0].per[1]", "'planet' is none of key, account, organisation, model, region"),
            ("stillwatch.yaml", 8, "quotas.limits[0].colour", "there is no such member"),
            ("stillwatch.yaml", 9, "quotas.limits[1].name", "concurrency has no window"),
            ("stillwatch.yaml", 10, "quotas.limits[2].name", "given twice"),
            ("stillwatch.yaml", 10, "quotas.limits[2].match.moons", "there is no such member"),
            ("stillwatch.yaml", 11, "policies.dry_run", "there is no file"),
            ("stillwatch.yaml", 12, "organisations.sanctions[0].file", "is no SDN list"),
            ("stillwatch.yaml", 12, "organisations.programmes_from", "programmes_from is one"),
            ("stillwatch.yaml", 13, "decisions.log", "stillwatch log init"),
            ("stillwatch.yaml", 13, "decisions.key", "stillwatch log key"),
            ("access.cedar", 2, "", "column 54"),
            ("organisations.yaml", 1, "acme.shown[0]", "'mail' is none of email, phone"),
            ("organisations.yaml", 1, "acme.country", "two capital letters"),
            ("organisations.yaml", 1, "acme.programme", "more to be shown"),
            ("organisations.yaml", 2, "b.owners[0].percent", "no amount from 0 to 100"),
        ];
        foreach (var (file, line, member, part) in expected)
        {
            Assert.True(
                faults.Any(fault => fault.File == _folder.At(file) && fault.Line == line && fault.Member == member
                    && fault.Message.Contains(part, StringComparison.Ordinal)),
                $"{file} {line} {member} {part} is not among:\n{string.Join('\n', faults)}");
        }

        Assert.Equal(expected.Length, faults.Count);
    }

    [Fact]
    public void Responses_WithFaults_AreToldEachWithItsPlace()
    {
        Write("traps.json", "{}");
        File.SetUnixFileMode(_folder.At("traps.json"), UnixFileMode.UserRead);
        var (_, faults, _) = Parse("""
            models: [{name: m, upstream: main}]
            responses:
              rules:
                - {verdict: clear, step: reduce}
                - {verdict: block, step: block, log10_e_value: much, colour: red}
              lasts: 91d
              harshest: canary
              exempt: [model/m, account/school]
              reduce: {reasoning: some, max_output_tokens: 3}
              observe: {keep: all, share: 2}
              canaries: [traps.json, none.json]
            hunts: {every: 1s, store: hunted}
            """);
        (int Line, string Member, string Part)[] expected =
        [
            (8, "responses.rules[0].verdict", "'clear' is none of review, restrict, block"),
            (9, "responses.rules[1].step", "say 'harshest: block' if that is meant"),
            (9, "responses.rules[1].log10_e_value", "'much' is no number"),
            (9, "responses.rules[1].colour", "accepted are enforce, log10_e_value, step, verdict"),
            (10, "responses.lasts", "'91d' is no duration from 1h to 90d"),
            (12, "responses.exempt[0]", "none of key/ID, account/NAME, organisation/NAME"),
            (13, "responses.reduce.reasoning", "'some' is none of hidden, summary, kept"),
            (13, "responses.reduce.max_output_tokens", "'3' is no whole number from 16"),
            (14, "responses.observe.log", "it is missing"),
            (14, "responses.observe.keep", "field"),
            (14, "responses.observe.share", "'2' is no share"),
            (15, "responses.canaries[0]", "stillwatch canary new"),
            (15, "responses.canaries[1]", "cannot be read"),
            (16, "hunts.every", "'1s' is no duration from 1m to 7d"),
            (16, "hunts.every", "give 'decisions' as well"),
            (16, "hunts.store", "belongs to the gateway"),
        ];
        foreach (var (line, member, part) in expected)
        {
            Assert.True(
                faults.Any(fault => fault.Line == line && fault.Member == member
                    && fault.Message.Contains(part, StringComparison.Ordinal)),
                $"{line} {member} {part} is not among:\n{string.Join('\n', faults)}");
        }

        Assert.Equal(expected.Length, faults.Count);
    }

    private ConfigurationResult Parse(string further) => ConfigurationFile.Parse(Least + further, _folder.At("stillwatch.yaml"));

    private void Write(string file, string text) => File.WriteAllText(_folder.At(file), text);
}
