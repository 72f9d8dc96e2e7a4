using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>What a TAXII server offers; the file <c>taxii.json</c> of its folder.</summary>
/// <remarks>Members with a default can be set: the generated reader would set those that can only be initialised to nothing.</remarks>
public sealed record TaxiiServerOptions
{
    /// <summary>The title of the server. Default "Stillwatch".</summary>
    public string Title { get; set; } = "Stillwatch";

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Whom to ask.</summary>
    public string? Contact { get; init; }

    /// <summary>The longest post in bytes. Default 8 MiB, at most 64 MiB.</summary>
    public long MaxContentLength { get; set; } = 8 << 20;

    /// <summary>The most objects of a page; a larger limit is taken for this. Default 500, at most 10,000.</summary>
    public int MaxPageSize { get; set; } = 500;

    /// <summary>Groups of collections. At least one.</summary>
    public required IReadOnlyList<TaxiiRootOptions> ApiRoots { get; init; }

    /// <summary>Reads the options of a file.</summary>
    /// <exception cref="InvalidDataException">The file holds none, or some out of range; the message says which.</exception>
    public static TaxiiServerOptions Load(string path)
    {
        try
        {
            var options = JsonSerializer.Deserialize(File.ReadAllBytes(path), TaxiiOptionsJsonContext.Default.TaxiiServerOptions);
            return (options ?? throw new InvalidDataException("null is no server")).Checked();
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            throw new InvalidDataException($"{path}: {broken.Message}", broken);
        }
    }

    /// <summary>These options, if all are in range.</summary>
    /// <exception cref="InvalidDataException">One is not; the message says which.</exception>
    public TaxiiServerOptions Checked()
    {
        var collections = ApiRoots.SelectMany(static root => root.Collections).ToList();
        var fault = this switch
        {
            { MaxContentLength: < 1 or > 64 << 20 } => "max_content_length is from 1 to 67108864",
            { MaxPageSize: < 1 or > 10_000 } => "max_page_size is from 1 to 10000",
            { ApiRoots.Count: 0 } => "api_roots names none",
            _ when ApiRoots.DistinctBy(static root => root.Name).Count() != ApiRoots.Count => "api_roots names one twice",
            _ when ApiRoots.Any(static root => !root.HasUsableName) => "the name of an API root has letters, digits and dashes only",
            _ when collections.DistinctBy(static one => one.Id).Count() != collections.Count => "two collections have one id",
            _ => null,
        };
        return fault is null ? this : throw new InvalidDataException(fault);
    }
}

/// <summary>Members in lower case with underscores; unknown ones are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(TaxiiServerOptions))]
internal sealed partial class TaxiiOptionsJsonContext : JsonSerializerContext;
