using System.CommandLine;
using System.Text.Json.Nodes;
using Stillwatch.Provenance.Tokenising;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>The tokeniser that an option names: a file, or a server that has it. Thread-safe.</summary>
internal sealed class TextTokeniser : IDisposable
{
    private const int Retries = 4;

    private readonly BytePairTokeniser? _local;
    private readonly PatientClient? _client;
    private readonly Uri? _address;
    private readonly string? _model;

    private TextTokeniser(BytePairTokeniser local) => _local = local;

    private TextTokeniser(Uri address, string? model, string? key)
    {
        (_address, _model) = (address, model);
        _client = new(key, Retries, TimeProvider.System);
    }

    /// <summary>Names the tokeniser.</summary>
    public static Option<string?> Given { get; } = new("--tokenizer")
    {
        HelpName = "FILE|URL",
        Description = "The marked model's tokeniser: tokenizer.json, tiktoken's ranks as gpt2:FILE, cl100k:FILE or o200k:FILE, or "
            + "'/tokenize' of a vLLM or llama.cpp server.",
    };

    /// <summary>Names the model at a server.</summary>
    public static Option<string?> Model { get; } = new("--model")
    {
        HelpName = "NAME",
        Description = "The model, where the tokeniser's server has several.",
    };

    /// <summary>Names the variable that holds a server's key.</summary>
    public static Option<string?> KeyVariable { get; } = InterviewOptions.KeyOption();

    /// <summary>The tokeniser that was given; null if none was.</summary>
    /// <exception cref="UnusableException">It is neither a file nor an address.</exception>
    /// <exception cref="InvalidDataException">The file is no tokeniser, or one that is not understood.</exception>
    public static TextTokeniser? Open(ParseResult parsed) => parsed.GetValue(Given) switch
    {
        null => null,
        { } given when given.StartsWith("http://", StringComparison.Ordinal) || given.StartsWith("https://", StringComparison.Ordinal) =>
            new(AddressOf(given), parsed.GetValue(Model), InterviewOptions.ReadKey(parsed.GetValue(KeyVariable))),
        { } given => new(ReadFile(given)),
    };

    /// <summary>The ids of a text.</summary>
    /// <exception cref="SuspectApiException">The server gave none.</exception>
    public async ValueTask<int[]> EncodeAsync(string text, CancellationToken cancellation)
    {
        if (_local is not null)
        {
            return text.Length <= BytePairTokeniser.MaxTextLength
                ? _local.Encode(text)
                : throw new InvalidDataException($"A text has at most {BytePairTokeniser.MaxTextLength} characters.");
        }

        // vLLM reads 'prompt', llama.cpp 'content'; each ignores the other's.
        var body = new JsonObject { ["prompt"] = text, ["content"] = text, ["add_special_tokens"] = false };
        if (_model is not null)
        {
            body["model"] = _model;
        }

        return await _client!.PostAsync(
            _address!,
            body,
            static answer => answer?["tokens"]?.AsArray().Select(static id => (int)id!).ToArray(),
            cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    private static Uri AddressOf(string given) =>
        Uri.TryCreate(given, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            ? address
            : throw new UnusableException(
                "--tokenizer takes an address such as http://127.0.0.1:8000/tokenize; a key goes into --api-key-env.");

    private static BytePairTokeniser ReadFile(string given)
    {
        var (pattern, path) = given.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            && SplitPattern.Names.Contains(given[..colon])
                ? (given[..colon], given[(colon + 1)..])
                : (null, given);
        try
        {
            using var stream = InputStream.Open(path);
            return pattern is null ? TokeniserFile.ReadJson(stream) : TokeniserFile.ReadTiktoken(stream, pattern);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }
}
