using System.Globalization;
using System.Text;
using Stillwatch.Interactions;

namespace Stillwatch.Tests.Interactions;

/// <summary>
/// A random interaction together with one of the many ways to write it as JSON: escapes, blanks, order, members nobody knows.
/// </summary>
internal sealed class RandomRecord
{
    private static readonly string[] Pieces =
    [
        "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\r", "\t", "\b", "\f", "\0", "\u001f", "\u007f", "é", "ß", "€", "漢", "\u2028",
        "😀", "𝔘", "{", "]", ":", ",",
    ];

    private static readonly long Earliest = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly Random _random;

    public RandomRecord(int seed)
    {
        _random = new(seed);
        Interaction = new()
        {
            Id = "id-" + seed.ToString(CultureInfo.InvariantCulture),
            ObservedAtMs = Earliest + _random.NextInt64(6 * 365 * 86_400_000L),
            Account = new(Name()),
            Organization = Maybe(Name),
            ApiKey = Maybe(Name),
            Model = Name(),
            Operation = Maybe(Name) ?? "chat",
            Client = new(
                _random.Next(2) == 0 ? null : Address(),
                (uint)(_random.Next(2) == 0 ? 0 : _random.NextInt64(1, uint.MaxValue)),
                Maybe(() => "DE"),
                Maybe(Text),
                Maybe(Name)),
            Request = new()
            {
                System = Maybe(() => "s" + Text()) is { } system ? Encoding.UTF8.GetBytes(system) : default(ReadOnlyMemory<byte>?),
                Messages = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => new PromptMessage(Name(), Encoding.UTF8.GetBytes(Text())))],
                Tools = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Name())],
                Parameters = new(
                    MaybeValue(_random.NextDouble), MaybeValue(() => 1.0), MaybeValue(() => _random.Next()), MaybeValue(() => 3),
                    MaybeValue(() => true), MaybeValue(() => 5), MaybeValue(() => 2), MaybeValue(() => _random.Next(2) == 0)),
            },
            ResponseText = Maybe(Text) is { } text ? Encoding.UTF8.GetBytes(text) : default(ReadOnlyMemory<byte>?),
            FinishReason = Maybe(Name),
            Usage = new(_random.Next(), _random.Next(), _random.Next()),
            Status = _random.Next(1000),
            LatencyMs = MaybeValue(() => _random.NextDouble() * 1e6),
        };
    }

    public Interaction Interaction { get; }

    /// <summary>Writes the record as one line without its end.</summary>
    public string Write() => Object(
        ("id", Str(Interaction.Id)),
        ("time", Str(Time())),
        ("account", Str(Interaction.Account.Value)),
        ("organization", Str(Interaction.Organization)),
        ("api_key", Str(Interaction.ApiKey)),
        ("model", Str(Interaction.Model)),
        ("operation", Str(Interaction.Operation)),
        ("client", Object(
            ("ip", Str(Interaction.Client.Address?.ToString())),
            ("asn", Interaction.Client.AutonomousSystem == 0 ? null : Num(Interaction.Client.AutonomousSystem)),
            ("country", Str(Interaction.Client.Country)),
            ("user_agent", Str(Interaction.Client.UserAgent)),
            ("ja4", Str(Interaction.Client.Ja4)))),
        ("request", Object(
            ("system", Str(Utf8(Interaction.Request.System))),
            ("messages", List(Interaction.Request.Messages.Select(m => Object(("role", Str(m.Role)), ("content", Str(Utf8(m.Content))))))),
            ("tools", List(Interaction.Request.Tools.Select(t => Str(t)!))),
            ("parameters", Parameters(Interaction.Request.Parameters)))),
        ("response", Object(("text", Str(Utf8(Interaction.ResponseText))), ("finish_reason", Str(Interaction.FinishReason)))),
        ("usage", Object(
            ("input_tokens", Num(Interaction.Usage.Input)),
            ("output_tokens", Num(Interaction.Usage.Output)),
            ("reasoning_tokens", Num(Interaction.Usage.Reasoning)))),
        ("status", Num(Interaction.Status)),
        ("latency_ms", Num(Interaction.LatencyMs)),
        ("unknown", List([Object(("deep", Str(Text()))), "1e-3", "null"])));

    private string Parameters(GenerationParameters p) => Object(
        ("temperature", Num(p.Temperature)), ("top_p", Num(p.TopP)), ("max_tokens", Num(p.MaxTokens)), ("n", Num(p.Choices)),
        ("logprobs", Flag(p.Logprobs)), ("top_logprobs", Num(p.TopLogprobs)), ("logit_bias", Num(p.LogitBias)), ("stream", Flag(p.Stream)));

    private string Time()
    {
        var offset = TimeSpan.FromMinutes(_random.Next(-720, 720));
        var time = DateTimeOffset.FromUnixTimeMilliseconds(Interaction.ObservedAtMs).ToOffset(offset);
        return offset == TimeSpan.Zero || _random.Next(2) == 0
            ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
            : time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'417'zzz", CultureInfo.InvariantCulture);
    }

    private string Object(params (string Name, string? Value)[] members)
    {
        var present = members.Where(m => m.Value is not null || _random.Next(2) == 0).OrderBy(_ => _random.Next());
        return "{" + string.Join(',', present.Select(Member)) + "}";
    }

    private string Member((string Name, string? Value) m) =>
        Blank() + Str(m.Name) + Blank() + ":" + Blank() + (m.Value ?? "null") + Blank();

    private string List(IEnumerable<string> elements) => "[" + string.Join(',', elements.Select(e => Blank() + e + Blank())) + "]";

    private string Blank() => _random.Next(8) switch { 0 => " ", 1 => "\t", 2 => "  ", _ => "" };

    private string? Str(string? plain)
    {
        if (plain is null)
        {
            return null;
        }

        var json = new StringBuilder("\"");
        foreach (var unit in plain)
        {
            json.Append(Escape(unit));
        }

        return json.Append('"').ToString();
    }

    private string Escape(char unit)
    {
        var must = unit < ' ' || unit is '"' or '\\';
        if (!must && _random.Next(4) != 0)
        {
            return unit.ToString();
        }

        var at = "\"\\/\n\r\t\b\f".IndexOf(unit, StringComparison.Ordinal);
        var hex = ((int)unit).ToString(_random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture);
        return at >= 0 && _random.Next(2) == 0 ? "\\" + "\"\\/nrtbf"[at] : char.IsSurrogate(unit) ? unit.ToString() : "\\u" + hex;
    }

    private static string? Num(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string? Flag(bool? value) => value is { } flag ? flag ? "true" : "false" : null;

    private static string? Utf8(ReadOnlyMemory<byte>? text) => text is { } some ? Encoding.UTF8.GetString(some.Span) : null;

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(20)).Select(_ => Pieces[_random.Next(Pieces.Length)]));

    /// <summary>Not empty, without control characters.</summary>
    private string Name() => "n" + string.Concat(Text().Where(static c => !char.IsControl(c)));

    private ClientAddress Address()
    {
        var bytes = new byte[_random.Next(2) == 0 ? 4 : 16];
        _random.NextBytes(bytes);
        Assert.True(ClientAddress.TryParse(Encoding.UTF8.GetBytes(new System.Net.IPAddress(bytes).ToString()), out var address));
        return address;
    }

    private T? Maybe<T>(Func<T> make)
        where T : class => _random.Next(2) == 0 ? null : make();

    private T? MaybeValue<T>(Func<T> make)
        where T : struct => _random.Next(2) == 0 ? null : make();
}
