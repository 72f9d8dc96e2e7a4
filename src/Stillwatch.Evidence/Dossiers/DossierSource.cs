using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>What a dossier is made of; everything else in it follows from this.</summary>
/// <remarks>
/// <code>
/// dossier.json                          what it is, what made it
/// checkpoint                            the log's checkpoint under which the entries are proved
/// entries/INDEX.json, .tlog-proof       the entries of the case, and that each is in the log
/// timestamps/SIZE.*                     timestamps of checkpoints, if there are any (<see cref="DossierTimestamp"/>)
/// content/DIGEST.json                   what the entries say; never the names of accounts
/// samples.json                          interactions, if a store was given
/// </code>
/// </remarks>
public sealed class DossierSource
{
    private const string Schema = "stillwatch.dossier/1";
    private const string AboutName = "dossier.json";
    private const string CheckpointName = "checkpoint";
    private const string SamplesName = "samples.json";
    private const string EntryFolder = "entries/";
    private const string ProofSuffix = ".tlog-proof";

    /// <summary>The case's number.</summary>
    public required int Number { get; init; }

    /// <summary>Name, version and runtime of the program that made the dossier.</summary>
    public required string Software { get; init; }

    /// <summary>When it was made.</summary>
    public required string MadeAt { get; init; }

    /// <summary>The checkpoint, as the log signed it.</summary>
    public required byte[] Checkpoint { get; init; }

    /// <summary>The entries of the case, each with its proof.</summary>
    public required IReadOnlyList<(byte[] Entry, TlogProof Proof)> Entries { get; init; }

    /// <summary>What they say, by digest.</summary>
    public required IReadOnlyDictionary<string, CaseContent> Contents { get; init; }

    /// <summary>Timestamps of the log's checkpoints, by size.</summary>
    public IReadOnlyList<DossierTimestamp> Timestamps { get; init; } = [];

    /// <summary>The sampled interactions; null if there was no store.</summary>
    public JsonObject? Samples { get; init; }

    /// <summary>Reads the parts of a dossier that are not derived; nothing of it is verified.</summary>
    /// <exception cref="InvalidDataException">A part is missing or malformed.</exception>
    public static DossierSource Read(DossierFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var about = Canonical(files.Get(AboutName));
        if (Text(about, "schema") != Schema)
        {
            throw new InvalidDataException($"This is no dossier of the schema {Schema}.");
        }

        return new()
        {
            Number = CaseEntry.NumberOf(Text(about, "case")) ?? throw new InvalidDataException($"{AboutName} names no case."),
            Software = Text(about, "software"),
            MadeAt = Text(about, "made_at"),
            Checkpoint = files.Get(CheckpointName),
            Entries = ReadEntries(files),
            Timestamps = DossierTimestamp.ReadAll(files),
            Contents = files.Names.Where(name => name.StartsWith("content/", StringComparison.Ordinal))
                .Select(name => CaseContent.Parse(files.Get(name))).ToDictionary(content => content.Digest),
            Samples = files.Find(SamplesName) is { } samples ? Canonical(samples) : null,
        };
    }

    /// <summary>Adds these parts to a dossier.</summary>
    public void AddTo(DossierFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        files.Add(AboutName, JsonCanonicalization.Canonicalize(new JsonObject
        {
            ["schema"] = Schema,
            ["case"] = CaseEntry.SubjectOf(Number),
            ["software"] = Software,
            ["made_at"] = MadeAt,
        }));
        files.Add(CheckpointName, Checkpoint);
        foreach (var (entry, proof) in Entries)
        {
            var name = NameOf(proof.Index);
            files.Add($"{name}.json", entry);
            files.Add($"{name}{ProofSuffix}", proof.ToBytes());
        }

        foreach (var stamp in Timestamps)
        {
            stamp.AddTo(files);
        }

        foreach (var (digest, content) in Contents)
        {
            files.Add($"content/{digest}.json", content.Bytes.ToArray());
        }

        if (Samples is not null)
        {
            files.Add(SamplesName, JsonCanonicalization.Canonicalize(Samples));
        }
    }

    /// <summary>The case as its entries say it stands.</summary>
    /// <exception cref="InvalidDataException">One is no decision, is about another case, or is a step that no rule allows.</exception>
    public CaseState Fold()
    {
        var book = new CaseBook();
        foreach (var (entry, proof) in Entries)
        {
            if (DecisionEntry.Parse(entry).Subject != CaseEntry.SubjectOf(Number))
            {
                throw new InvalidDataException($"Entry {proof.Index} is not about case {Number}.");
            }

            book.Apply(proof.Index, entry);
        }

        return book.Refused == 0 && book.Cases.GetValueOrDefault(Number) is { } state && state.Entries.Count == Entries.Count
            ? state
            : throw new InvalidDataException($"The entries are not the steps of a case {Number} in an order that its rules allow.");
    }

    private static List<(byte[] Entry, TlogProof Proof)> ReadEntries(DossierFiles files)
    {
        var proofs = files.Names.Where(name => name.StartsWith(EntryFolder, StringComparison.Ordinal))
            .Where(name => name.EndsWith(ProofSuffix, StringComparison.Ordinal));
        var entries = proofs.Select(name => (files.Get($"{name[..^ProofSuffix.Length]}.json"), TlogProof.Parse(files.Get(name)))).ToList();
        return [.. entries.OrderBy(pair => pair.Item2.Index)];
    }

    private static string NameOf(ulong index) => string.Create(CultureInfo.InvariantCulture, $"{EntryFolder}{index:d12}");

    private static JsonObject Canonical(byte[] file) =>
        JsonNode.Parse(JsonCanonicalization.Canonicalize(file)) as JsonObject
            ?? throw new InvalidDataException("A part of the dossier is no JSON object.");

    private static string Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : string.Empty;
}
