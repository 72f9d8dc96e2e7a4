namespace Stillwatch.Tests.Reporting;

/// <summary>Names of accounts that try to be more than text.</summary>
public static class HostileNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        "</script><script>window.broken=1</script>",
        "<img src=x onerror=\"window.broken=1\">",
        "<!-- <script> -->",
        "\"><svg onload=window.broken=1>",
        "'; window.broken = 1; //",
        "javascript:window.broken=1",
        "${window.broken=1}{{title}}{b}{a|x}",
        "a\u2028window.broken=1\u2029b",
        "&lt;b&gt; &amp; &#x3c;",
        "\e[2J\e[31mgone",
        "\u202Egnitset",
        "first\nCampaign c-0 found",
        "tab\tand\0null",
        "lone \uD83D surrogate",
        "z\u0301\u0302\u0303\u0304\u0305\u0306\u0307alg\u0301o",
        "zero\u200Bwidth\uFEFF",
        "]]>'\"`\\",
        "العربية",
        "漢字のアカウント",
        new('W', 512),
    ];
}
