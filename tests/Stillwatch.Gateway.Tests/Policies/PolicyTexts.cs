using System.Text;

namespace Stillwatch.Gateway.Tests.Policies;

/// <summary>
/// Random policies in Cedar's syntax: mostly of fitting types, so that evaluation goes deep; sometimes not, so that it fails.
/// </summary>
internal sealed class PolicyTexts(Random random)
{
    private const int Deep = 4;

    public string Policies()
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            text.Append(random.Next(6) == 0 ? "@note(\"x\") " : "").Append(random.Next(3) == 0 ? "forbid" : "permit")
                .Append($"(principal{Scope("Lab::User::\"u1\"", "Org::\"o0\"", "Lab::User")}, action{Actions()}, ")
                .Append($"resource{Scope("Model::\"m1\"", "Family::\"f0\"", "Model")})");
            for (var conditions = random.Next(3); conditions > 0; conditions--)
            {
                text.Append(random.Next(3) == 0 ? "\n  unless { " : "\n  when { ").Append(Boolean(0)).Append(" }");
            }

            text.Append(";\n");
        }

        return text.ToString();
    }

    private string Scope(string entity, string group, string type) => random.Next(8) switch
    {
        0 => $" == {entity}",
        1 => $" in {group}",
        2 => $" is {type}",
        3 => $" is {type} in {group}",
        _ => "",
    };

    private string Actions() => random.Next(6) switch
    {
        0 => " == Action::\"chat\"",
        1 => " in [Action::\"chat\", Action::\"batch\"]",
        2 => " in Action::\"generate\"",
        _ => "",
    };

    private string Any(int depth) => random.Next(9) switch
    {
        0 => $"({Boolean(depth)})",
        1 => Long(depth),
        2 => String(depth),
        3 => Entity(depth),
        4 => Set(depth),
        5 => Ip(),
        6 => Decimal(),
        7 => Datetime(depth),
        _ => Record(depth),
    };

    private string Boolean(int depth)
    {
        if (depth >= Deep)
        {
            return Pick("true", "false", "context.active", "principal.active", "principal has tier", "principal in resource");
        }

        depth++;
        return Stray(depth) ?? random.Next(24) switch
        {
            0 => $"({Boolean(depth)} && {Boolean(depth)})",
            1 => $"({Boolean(depth)} || {Boolean(depth)})",
            2 => $"!({Boolean(depth)})",
            3 => $"(if {Boolean(depth)} then {Boolean(depth)} else {Boolean(depth)})",
            4 => $"{Long(depth)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Long(depth)}",
            5 => $"{String(depth)} {Pick("==", "!=")} {String(depth)}",
            6 => $"{String(depth)} like {Pick("\"*\"", "\"T*\"", "\"*1\"", "\"T\\*\"", "\"\"", "\"*a*b*\"")}",
            7 => $"{Entity(depth)} == {Entity(depth)}",
            8 => $"{Entity(depth)} in {Entity(depth)}",
            9 => $"{Entity(depth)} in {Pick($"[{Entity(depth)}, {Entity(depth)}]", "context.orgs", "principal.orgs")}",
            10 => $"{Entity(depth)} is {Pick("Org", "Lab::User", "Model in Family::\"f0\"")}",
            11 => Pick("principal", "resource", "context", "context.nested", "context.org")
                + $" has {Pick("tier", "age", "nested.a", "\"b c\"", "org.tier", "nope")}",
            12 => $"{Set(depth)}.contains({Any(depth)})",
            13 => $"{Set(depth)}.{Pick("containsAll", "containsAny")}({Set(depth)})",
            14 => $"{Set(depth)}.isEmpty()",
            15 => $"{Set(depth)} == {Set(depth)}",
            16 => $"{Ip()}.{Pick("isIpv4()", "isIpv6()", "isLoopback()", "isMulticast()", $"isInRange({Ip()})")}",
            17 => $"{Ip()} == {Ip()}",
            18 => $"{Decimal()}.{Pick("lessThan", "lessThanOrEqual", "greaterThan", "greaterThanOrEqual")}({Decimal()})",
            19 => $"{Datetime(depth)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Datetime(depth)}",
            20 => $"{Duration(depth)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Duration(depth)}",
            21 => $"{Record(depth)} == {Record(depth)}",
            22 => $"{Any(depth)} == {Any(depth)}",
            _ => Pick("context.active", "principal.active", "resource.active", "principal[\"active\"]", "context.nested[\"b c\"].d"),
        };
    }

    private string Long(int depth)
    {
        if (depth >= Deep)
        {
            return Pick("0", "1", "-5", "18", "9223372036854775807", "-9223372036854775808", "context.age", "principal.age");
        }

        depth++;
        return Stray(depth) ?? random.Next(8) switch
        {
            0 => $"({Long(depth)} + {Long(depth)})",
            1 => $"({Long(depth)} - {Long(depth)} - {Long(depth)})",
            2 => $"{Long(depth)} * {Long(depth)}",
            3 => $"{Pick("-", "--", "---")}({Long(depth)})",
            4 => $"{Duration(depth)}.{Pick("toMilliseconds", "toSeconds", "toMinutes", "toHours", "toDays")}()",
            5 => $"(if {Boolean(depth)} then {Long(depth)} else {Long(depth)})",
            _ => Pick("2", "-2", "context.age", "principal.age", "resource.nested.a", "context.nested[\"a\"]", "{\"x\": 3}.x"),
        };
    }

    private string String(int depth) => Stray(depth + 1)
        ?? Pick("\"T1\"", "\"\"", "\"a\\u{1F600}\\x41\\n\\\\\"", "context.tier", "principal.tier", "principal[\"tier\"]",
            "context.org.tier");

    private string Entity(int depth) => Stray(depth + 1) ?? Pick(
        "principal", "action", "resource", "context.org", "principal.org", "Org::\"o0\"", "Org::\"none\"", "Model::\"m1\"",
        "Lab::User::\"u1\"");

    private string Set(int depth) => Stray(depth + 1) ?? (depth >= Deep ? "context.tags" : random.Next(4) switch
    {
        0 => $"[{Any(depth + 1)}, {Any(depth + 1)}]",
        1 => $"[{String(depth + 1)}, {String(depth + 1)}, \"a\"]",
        _ => Pick("[]", "context.tags", "principal.tags", "context.orgs", "[\"a\", \"b\", \"a\"]"),
    });

    private string Ip() => Pick(
        "ip(\"10.0.0.1\")", "ip(\"10.0.0.0/8\")", "ip(\"0.0.0.0/0\")", "ip(\"::1\")", "ip(\"2001:db8::1\")", "ip(\"2001:db8::/32\")",
        "ip(\"127.0.0.0/8\")",
        "ip(\"127.0.0.0/7\")", "ip(\"::1/127\")", "ip(\"ff00::/8\")", "ip(\"10.0.0.01\")", "ip(\"10.0.0.1/33\")", "ip(\"10.0.0.1/08\")",
        "ip(\"::ffff:1.2.3.4\")",
        "ip(\"fe80::1%eth0\")", "ip(\"12345::\")", "ip(\"\")", "ip(\"[::1]\")", "ip(\"1.2.3\")", "context.ip", "principal.ip",
        "ip(context.tier)");

    private string Decimal() => Pick(
        "decimal(\"1.25\")", "decimal(\"1.2500\")", "decimal(\"-0.0001\")", "decimal(\"922337203685477.5807\")",
        "decimal(\"922337203685477.5808\")",
        "decimal(\"-922337203685477.5808\")", "decimal(\"1\")", "decimal(\"1.\")", "decimal(\"1.23456\")", "decimal(\".5\")",
        "decimal(\"+1.0\")",
        "context.score", "principal.score", "decimal(\"00.1\")", "decimal(\"-.1\")");

    private string Datetime(int depth) => Stray(depth + 1) ?? (depth < Deep && random.Next(3) == 0
        ? $"{Datetime(depth + 1)}.{Pick($"offset({Duration(depth + 1)})", "toDate()")}"
        : Pick("datetime(\"2026-11-10\")", "datetime(\"2026-11-28T20:00:00Z\")", "datetime(\"2026-11-28T20:00:00.123Z\")",
            "datetime(\"1969-07-20T20:17:40Z\")",
            "datetime(\"2024-02-29\")", "datetime(\"2023-02-29\")", "datetime(\"2026-11-28T20:00:00+2400\")",
            "datetime(\"2026-11-28T20:00:00-0060\")",
            "datetime(\"2026-11-28T20:00:00+0130\")", "datetime(\"2026-11-28T24:00:00Z\")", "datetime(\"2026-11-28T20:00:60Z\")",
            "datetime(\"0000-01-01\")",
            "datetime(\"9999-12-31T23:59:59.999-2359\")", "datetime(\"2026-11-28T20:00Z\")", "datetime(\"26-11-28\")",
            "datetime(\"2026-11-28T20:00:00.12Z\")",
            "context.since", "principal.since", "resource.since", "datetime(\"2026-11-28t20:00:00Z\")", "datetime(\"0000-02-29\")",
            "datetime(\"2026-13-01\")"));

    private string Duration(int depth) => Stray(depth + 1) ?? (depth < Deep && random.Next(3) == 0
        ? Pick($"{Datetime(depth + 1)}.durationSince({Datetime(depth + 1)})", $"{Datetime(depth + 1)}.toTime()")
        : Pick("duration(\"1d2h3m4s5ms\")", "duration(\"-1h\")", "duration(\"0s\")", "duration(\"90m\")", "duration(\"1h1h\")",
            "duration(\"1s1m\")", "duration(\"\")",
            "duration(\"-\")", "duration(\"1\")", "duration(\"9223372036854775807ms\")", "duration(\"9223372036854775808ms\")",
            "duration(\"-9223372036854775808ms\")",
            "duration(\"106751991168d\")", "duration(\"00001ms\")", "duration(\"+1s\")", "context.for", "principal.for"));

    private string Record(int depth) => depth >= Deep
        ? Pick("{}", "context.nested")
        : Pick("{}", $"{{\"a\": {Any(depth + 1)}, b: {Any(depth + 1)}}}", $"{{a: {Long(depth + 1)}}}", "context.nested", "context");

    /// <summary>Now and then, a value of any type.</summary>
    private string? Stray(int depth) => random.Next(30) == 0 && depth < Deep ? Any(depth) : null;

    private string Pick(params string[] from) => from[random.Next(from.Length)];
}
