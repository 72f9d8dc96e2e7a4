using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Stillwatch.Evidence.Storage;
using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Gateway.Marking;

/// <summary>Marks replies of models that are asked by their API, each party's with a key of its own. Thread-safe.</summary>
/// <remarks>
/// A key is used once the log of decisions holds the commitment to it, as <c>stillwatch mark commit</c> writes it: one that was committed
/// to later proves less. Requests that ask for probabilities get no bias, because they would show it; streams, requests at temperature 0
/// and requests for several replies get no drafts.
/// </remarks>
public sealed class OutputMarks
{
    /// <summary>Parties whose keys are kept; with more, all are derived again.</summary>
    private const int MaxKept = 10_000;

    private readonly MarkMasterSecret _secret;
    private readonly ConcurrentDictionary<(string Cohort, MarkedModel Model), Key> _keys = new();

    private OutputMarks(MarkingOptions options, MarkMasterSecret secret) => (Options, _secret) = (options, secret);

    /// <summary>What is marked.</summary>
    public MarkingOptions Options { get; }

    /// <summary>Reads the secret; null where nothing is marked.</summary>
    /// <exception cref="InvalidDataException">The file holds no secret, or others may read it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OutputMarks? Create(MarkingOptions? options)
    {
        if (options is null)
        {
            return null;
        }

        var bytes = SecretFile.Read(options.Secret, MarkMasterSecret.Bytes);
        var secret = new MarkMasterSecret(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return new(options, secret);
    }

    /// <summary>The cohort of a party's key, as <c>--cohort</c> of <c>stillwatch mark</c> takes it.</summary>
    public static string CohortOf(GatewayKey key, MarkingParty per)
    {
        ArgumentNullException.ThrowIfNull(key);
        return (per, key.Organization) switch
        {
            (MarkingParty.Everyone, _) => "everyone",
            (MarkingParty.Organisation, { Length: > 0 } organisation) => $"organisation/{organisation}",
            _ => $"account/{key.Account}",
        };
    }

    /// <summary>How the reply to a request is marked; null where it is not.</summary>
    /// <param name="request">The request, as it is sent.</param>
    /// <param name="body">Its body, as it is sent.</param>
    /// <param name="isCommitted">Whether the log holds a commitment, by subject and commitment.</param>
    internal PlannedMark? Plan(AdmittedRequest request, ReadOnlySpan<byte> body, Func<string, string, bool> isCommitted)
    {
        var facts = request.Facts;
        if (request.Endpoint is not (ApiEndpoint.ChatCompletions or ApiEndpoint.Completions) || body.IsEmpty
            || ModelOf(facts.Model) is not { } model || !IsMarkable(model.Way, facts) || IsExempt(request.Key)
            || KeyOf(CohortOf(request.Key, Options.Per), model) is not { } key)
        {
            return null;
        }

        if (!isCommitted($"mark/{key.Mark.Id}", key.Mark.Commitment))
        {
            return new(new("mark", "uncommitted", [key.Mark.Id]), null, null);
        }

        var marked = model.Way is MarkingWay.Bias
            ? MarkedRequest.WithBias(body, key.Bias!)
            : MarkedRequest.WithDrafts(body, model.Drafts);
        return marked is null
            ? null
            : new(
                new("mark", MappingReader.NameOf(model.Way), [key.Mark.Id]),
                marked,
                model.Way is MarkingWay.Drafts ? new DraftReply(key.Mark.Bits, Random()) : null);
    }

    private MarkedModel? ModelOf(string name)
    {
        foreach (var model in Options.Models)
        {
            if (model.Matches(name))
            {
                return model;
            }
        }

        return null;
    }

    private static bool IsMarkable(MarkingWay way, RequestFacts facts) => way is MarkingWay.Bias
        ? !RequestReduction.AsksForProbabilities(facts)
        : !facts.Stream && (facts.Choices ?? 1) == 1 && facts.Temperature is not 0;

    private bool IsExempt(GatewayKey key) => Options.Exempt.Count > 0
        && (Options.Exempt.Contains(new(ResponseScopeKind.Key, key.Id))
            || Options.Exempt.Contains(new(ResponseScopeKind.Account, key.Account))
            || Options.Exempt.Contains(new(ResponseScopeKind.Organisation, key.Organization ?? "")));

    /// <summary>The key of a party; null where its name cannot be in a label.</summary>
    private Key? KeyOf(string cohort, MarkedModel model)
    {
        if (_keys.TryGetValue((cohort, model), out var known))
        {
            return known;
        }

        var label = new MarkLabel(Options.Tenant, cohort, Options.Epoch, model.Way is MarkingWay.Bias ? 0 : model.Width);
        if (label.Fault() is not null)
        {
            return null;
        }

        if (_keys.Count >= MaxKept)
        {
            _keys.Clear();
        }

        var mark = _secret.Derive(label);
        return _keys[(cohort, model)] = new(mark, model.Way is MarkingWay.Bias ? new(mark.Bits, model) : null);
    }

    private static ulong Random()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private sealed record Key(MarkKey Mark, GreenBias? Bias);
}
