using System.Text.Json;

namespace Stillwatch.Gateway.Responses;

/// <summary>Finds all log-probabilities of a reply or of an event of one, wherever they stand.</summary>
/// <remarks>
/// Objects with a <c>token</c> and a <c>logprob</c>, which may have <c>top_logprobs</c> (chat completions, responses); objects with
/// <c>tokens</c>, <c>token_logprobs</c> and <c>top_logprobs</c> side by side (completions).
/// </remarks>
internal ref struct LogprobReader
{
    private const int MaxDepth = 128;

    private Utf8JsonReader _json;
    private List<LogprobPosition>? _positions;

    private LogprobReader(ReadOnlySpan<byte> json) => _json = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>What the lists of the text say.</summary>
    public List<LogprobSequence> Sequences { get; } = [];

    /// <summary>The type of an event, where it says one.</summary>
    public string? Type { get; private set; }

    /// <summary>The number of the output item and of the part in it that an event is about.</summary>
    public (int Item, int Part) About { get; private set; }

    /// <summary>Reads a text.</summary>
    /// <returns>False where it is no JSON object.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out LogprobReader reader)
    {
        reader = new(json);
        try
        {
            if (!reader._json.Read() || reader._json.TokenType is not JsonTokenType.StartObject)
            {
                return false;
            }

            reader.ReadObject(new(), isChoice: false, isRoot: true);
            return !reader._json.Read();
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private void ReadValue(LogprobChoice choice)
    {
        if (_json.TokenType is JsonTokenType.StartObject)
        {
            ReadObject(choice, isChoice: false, isRoot: false);
        }
        else if (_json.TokenType is JsonTokenType.StartArray)
        {
            ReadArray(choice, isChoices: false);
        }
    }

    /// <summary>Positions that stand in one array are one sequence.</summary>
    private void ReadArray(LogprobChoice choice, bool isChoices)
    {
        var outer = _positions;
        _positions = [];
        while (_json.Read() && _json.TokenType is not JsonTokenType.EndArray)
        {
            if (isChoices && _json.TokenType is JsonTokenType.StartObject)
            {
                ReadObject(new(), isChoice: true, isRoot: false);
            }
            else
            {
                ReadValue(choice);
            }
        }

        if (_positions.Count > 0)
        {
            Sequences.Add(new(choice, _positions));
        }

        _positions = outer;
    }

    private void ReadObject(LogprobChoice choice, bool isChoice, bool isRoot)
    {
        string? token = null;
        NumberInJson own = default;
        var lists = new CompletionLists();
        while (_json.Read() && _json.TokenType is JsonTokenType.PropertyName)
        {
            var name = _json.ValueIsEscaped ? _json.GetString()! : Known(_json.ValueSpan);
            _json.Read();
            switch (name, _json.TokenType)
            {
                case ("token", JsonTokenType.String):
                    token = _json.GetString();
                    break;
                case ("logprob", JsonTokenType.Number):
                    own = Number();
                    break;
                case ("tokens", JsonTokenType.StartArray):
                    lists.Tokens = ReadTexts();
                    break;
                case ("token_logprobs", JsonTokenType.StartArray):
                    lists.Own = ReadNumbers();
                    break;
                case ("top_logprobs", JsonTokenType.StartArray):
                    lists.Others = ReadAlternatives();
                    break;
                case ("choices", JsonTokenType.StartArray) when isRoot:
                    ReadArray(choice, isChoices: true);
                    break;
                case ("index", JsonTokenType.Number) when isChoice:
                    choice.Index = _json.TryGetInt32(out var index) ? index : -1;
                    break;
                case ("type", JsonTokenType.String) when isRoot:
                    Type = _json.GetString();
                    break;
                case ("output_index", JsonTokenType.Number) when isRoot:
                    About = About with { Item = _json.GetInt32() };
                    break;
                case ("content_index", JsonTokenType.Number) when isRoot:
                    About = About with { Part = _json.GetInt32() };
                    break;
                default:
                    ReadValue(choice);
                    break;
            }
        }

        Take(choice, token, own, lists);
    }

    private void Take(LogprobChoice choice, string? token, NumberInJson own, CompletionLists lists)
    {
        if (token is not null && own.Length > 0)
        {
            (_positions ??= []).Add(new(token, own, [.. lists.Others.SelectMany(static one => one)]));
            return;
        }

        var positions = lists.Positions();
        if (positions.Count > 0)
        {
            Sequences.Add(new(choice, positions));
        }
    }

    private static string Known(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 => name.SequenceEqual("token"u8) ? "token" : name.SequenceEqual("index"u8) ? "index" : "",
        4 => name.SequenceEqual("type"u8) ? "type" : "",
        6 => name.SequenceEqual("tokens"u8) ? "tokens" : "",
        7 => name.SequenceEqual("logprob"u8) ? "logprob" : name.SequenceEqual("choices"u8) ? "choices" : "",
        12 => name.SequenceEqual("top_logprobs"u8) ? "top_logprobs" : name.SequenceEqual("output_index"u8) ? "output_index" : "",
        13 => name.SequenceEqual("content_index"u8) ? "content_index" : "",
        14 => name.SequenceEqual("token_logprobs"u8) ? "token_logprobs" : "",
        _ => "",
    };

    private readonly NumberInJson Number() => new((int)_json.TokenStartIndex, _json.ValueSpan.Length, _json.GetDouble());

    private List<string> ReadTexts()
    {
        var texts = new List<string>();
        while (_json.Read() && _json.TokenType is not JsonTokenType.EndArray)
        {
            texts.Add(_json.TokenType is JsonTokenType.String ? _json.GetString()! : "");
            _json.Skip();
        }

        return texts;
    }

    private List<NumberInJson> ReadNumbers()
    {
        var numbers = new List<NumberInJson>();
        while (_json.Read() && _json.TokenType is not JsonTokenType.EndArray)
        {
            numbers.Add(_json.TokenType is JsonTokenType.Number ? Number() : default);
            _json.Skip();
        }

        return numbers;
    }

    /// <summary>Each an object of one token with its value, or of many by their names.</summary>
    private List<List<(string, NumberInJson)>> ReadAlternatives()
    {
        var all = new List<List<(string, NumberInJson)>>();
        while (_json.Read() && _json.TokenType is not JsonTokenType.EndArray)
        {
            all.Add(_json.TokenType is JsonTokenType.StartObject ? ReadAlternative() : []);
            _json.Skip();
        }

        return all;
    }

    private List<(string, NumberInJson)> ReadAlternative()
    {
        string? token = null;
        var numbers = new List<(string Name, NumberInJson Number)>();
        while (_json.Read() && _json.TokenType is JsonTokenType.PropertyName)
        {
            var name = _json.GetString()!;
            _json.Read();
            if (_json.TokenType is JsonTokenType.Number)
            {
                numbers.Add((name, Number()));
            }
            else if (_json.TokenType is JsonTokenType.String && name == "token")
            {
                token = _json.GetString();
            }

            _json.Skip();
        }

        return token is null ? numbers : [.. numbers.Where(static one => one.Name == "logprob").Select(one => (token, one.Number))];
    }

    /// <summary>The lists that completions have side by side.</summary>
    private sealed class CompletionLists
    {
        public List<string> Tokens { get; set; } = [];

        public List<NumberInJson> Own { get; set; } = [];

        public List<List<(string, NumberInJson)>> Others { get; set; } = [];

        public List<LogprobPosition> Positions() =>
        [
            .. Enumerable.Range(0, Math.Max(Math.Max(Own.Count, Others.Count), Tokens.Count)).Select(at => new LogprobPosition(
                at < Tokens.Count ? Tokens[at] : "", at < Own.Count ? Own[at] : default, at < Others.Count ? Others[at] : [])),
        ];
    }
}
