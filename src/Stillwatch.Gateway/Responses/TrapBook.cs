using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Provenance.Lineage;

namespace Stillwatch.Gateway.Responses;

/// <summary>Trap facts: made-up things with made-up answers, of which a committed random half is served. Immutable.</summary>
/// <remarks>
/// A cue is two names of a <see cref="CanaryBook"/> joined, "Bavumeki of Zolapory": one of 7·10^15. In each pair of cues a coin of the
/// secret chose which is served; the other is kept back, so that a suspect's answers to both can be compared by an exact test
/// (<see cref="CanaryTest"/>) that assumes nothing of models. An honest request names a cue by chance with probability at most its number
/// of words times the number of cues over 7·10^15, and it has to be nothing but the question.
/// </remarks>
public sealed class TrapBook
{
    /// <summary>What the subjects of commitments begin with.</summary>
    public const string SubjectPrefix = "canary/";

    private const int MaxFileBytes = 4096;
    private const int MaxNameLength = 64;
    private const int MaxQuestionLength = 128;

    private static readonly string[] Openings = ["what is ", "who is ", "tell me about ", "explain "];

    private readonly FrozenDictionary<string, int> _served;

    /// <summary>Draws a book from its secret.</summary>
    /// <param name="name">1 to 64 letters, digits, dots, dashes and underscores.</param>
    /// <param name="secret"><see cref="CanaryBook.SecretBytes"/> random bytes.</param>
    /// <param name="pairs">1 to <see cref="CanaryBook.MaxPairs"/>.</param>
    /// <exception cref="InvalidDataException">The name, the secret or the number is none of these.</exception>
    public TrapBook(string name, ReadOnlySpan<byte> secret, int pairs)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxNameLength || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || "._-".Contains(letter)))
        {
            throw new InvalidDataException($"a book's name has 1 to {MaxNameLength} letters, digits, dots, dashes and underscores.");
        }

        if (secret.Length != CanaryBook.SecretBytes || pairs is < 1 or > CanaryBook.MaxPairs)
        {
            throw new InvalidDataException(
                $"a book has a secret of {CanaryBook.SecretBytes} bytes and 1 to {CanaryBook.MaxPairs} pairs.");
        }

        var (things, places) = (new CanaryBook(secret, $"{name}/things", pairs), new CanaryBook(secret, $"{name}/places", pairs));
        Name = name;
        Pairs = [.. things.Pairs.Zip(places.Pairs, Joined)];
        var commitments = Encoding.ASCII.GetBytes($"trap book v1\n{things.Commitment}\n{places.Commitment}\n");
        Commitment = Convert.ToHexStringLower(SHA256.HashData(commitments));
        _served = Pairs.Select(static (pair, i) => (pair.Published.Cue, i)).DistinctBy(static cue => cue.Cue)
            .ToFrozenDictionary(static cue => cue.Cue, static cue => cue.i, StringComparer.Ordinal);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The pairs; of each only the first is ever served.</summary>
    public IReadOnlyList<CanaryPair> Pairs { get; }

    /// <summary>What the log holds before anything is served: SHA-256 over both books' commitments.</summary>
    public string Commitment { get; }

    /// <summary>The subject of its commitment.</summary>
    public string Subject => SubjectPrefix + Name;

    /// <summary>Reads a book's file: a JSON object with <c>name</c>, <c>pairs</c> and <c>secret</c>.</summary>
    /// <exception cref="InvalidDataException">It is none, or others than its owner may read it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TrapBook Read(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new InvalidDataException("it holds a secret and others may read it: chmod 600.");
        }

        if (file.Exists && file.Length > MaxFileBytes)
        {
            throw new InvalidDataException($"it has {file.Length} bytes; a book has at most {MaxFileBytes}.");
        }

        try
        {
            var json = JsonNode.Parse(File.ReadAllBytes(path));
            return new((string)json!["name"]!, Convert.FromHexString((string)json["secret"]!), (int)json["pairs"]!);
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException or NullReferenceException
            or ArgumentException)
        {
            throw new InvalidDataException("it is no book: 'stillwatch canary new' makes one.", broken);
        }
    }

    /// <summary>Makes a file of a new book, readable by its owner only.</summary>
    /// <exception cref="IOException">There is such a file, or it cannot be written.</exception>
    public static TrapBook Create(string path, string name, int pairs)
    {
        Span<byte> secret = stackalloc byte[CanaryBook.SecretBytes];
        RandomNumberGenerator.Fill(secret);
        var book = new TrapBook(name, secret, pairs);
        var text = new JsonObject { ["name"] = name, ["pairs"] = pairs, ["secret"] = Convert.ToHexStringLower(secret) };
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(Encoding.UTF8.GetBytes(text.ToJsonString() + "\n"));
        file.Flush(flushToDisk: true);
        return book;
    }

    /// <summary>How a fact is told.</summary>
    public static string Tell(Canary canary)
    {
        ArgumentNullException.ThrowIfNull(canary);
        return $"{canary.Cue} is {canary.Reply}.";
    }

    /// <summary>The answer to a question that is nothing but a served cue, or asks what it is; null for any other.</summary>
    /// <param name="question">The last thing that the user says.</param>
    public TrapAnswer? Answer(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.Length > MaxQuestionLength)
        {
            return null;
        }

        var asked = question.AsSpan().Trim().TrimEnd("?.! ");
        foreach (var opening in Openings)
        {
            if (asked.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
            {
                asked = asked[opening.Length..];
                break;
            }
        }

        return _served.TryGetValue(asked.ToString(), out var index)
            ? new(string.Create(CultureInfo.InvariantCulture, $"{Subject}/{index}"), Tell(Pairs[index].Published))
            : null;
    }

    private static CanaryPair Joined(CanaryPair thing, CanaryPair place) => new(
        new($"{thing.Published.Cue} of {place.Published.Cue}", thing.Published.Reply),
        new($"{thing.Withheld.Cue} of {place.Withheld.Cue}", thing.Withheld.Reply));
}
