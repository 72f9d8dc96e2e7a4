using System.Globalization;
using System.Text.Json;
using Stillwatch.Evidence.Storage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads which replies are marked.</summary>
/// <param name="root">The root.</param>
/// <param name="files">The files that it names.</param>
internal sealed class MarkingReader(MappingReader root, FurtherFiles files)
{
    private const int MaxTokens = 1 << 20;
    private const int MaxEntries = 1 << 16;
    private const int MaxNameLength = 200;

    /// <summary>Reads it; null where nothing is marked.</summary>
    /// <param name="decisions">The log that has to hold commitments to keys.</param>
    public MarkingOptions? Read(DecisionOptions? decisions)
    {
        if (root.Mapping("marks") is not { } members)
        {
            return null;
        }

        var secret = files.Read(members, "secret", required: true, static path =>
        {
            Array.Clear(SecretFile.Read(path, MarkMasterSecret.Bytes));
            return path;
        });
        var read = new MarkingOptions(secret ?? string.Empty)
        {
            Tenant = Tenant(members),
            Epoch = members.Count("epoch", 0, 0, int.MaxValue),
            Per = members.Has("per") ? members.OneOf<MarkingParty>("per") : MarkingParty.Organisation,
            Exempt = ResponseReader.Exempt(members),
            Models = Models(members),
        };
        members.Finish();
        if (decisions is null)
        {
            members.Fault("secret", "marks need 'decisions', whose log has to hold the commitments to their keys.");
        }

        return read;
    }

    private static string Tenant(MappingReader members)
    {
        var tenant = members.Text("tenant") ?? "default";
        if (tenant.Length > MaxNameLength || tenant.Any(char.IsControl))
        {
            members.Fault("tenant", $"it has more than {MaxNameLength} characters, or control characters.");
        }

        return tenant;
    }

    private List<MarkedModel> Models(MappingReader members)
    {
        var models = new List<MarkedModel>();
        foreach (var model in members.Mappings("models"))
        {
            var read = new MarkedModel(model.Text("name", required: true) ?? string.Empty, model.OneOf<MarkingWay>("way"));
            models.Add(read.Way is MarkingWay.Bias
                ? read with { Tokens = Tokens(model), Bias = Bias(model, read.Bias), MaxEntries = Entries(model, read.MaxEntries) }
                : read with { Drafts = model.Count("drafts", read.Drafts, 2, 16), Width = model.Count("width", read.Width, 1, 4) });
            model.Finish();
        }

        if (models.Count == 0)
        {
            members.Fault("models", "at least one is needed, such as '- {name: my-model, way: drafts}'.");
        }

        return models;
    }

    private static int Entries(MappingReader model, int otherwise) => model.Count("max_entries", otherwise, 1, MaxEntries);

    private static double Bias(MappingReader model, double otherwise)
    {
        if (model.Text("bias") is not { } text)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bias) && bias is > 0 and <= 20)
        {
            return bias;
        }

        model.Fault("bias", $"'{text}' is no number above 0 and up to 20; 2 is usual.");
        return otherwise;
    }

    private int[] Tokens(MappingReader model) =>
        files.Read(model, "tokens", required: true, static path =>
        {
            try
            {
                var ids = JsonSerializer.Deserialize<int[]>(File.ReadAllBytes(path)) ?? [];
                return ids.Length is > 0 and <= MaxTokens && ids.All(static id => id >= 0) && ids.Distinct().Count() == ids.Length
                    ? ids
                    : throw new InvalidDataException($"it has to hold 1 to {MaxTokens} different ids of at least 0.");
            }
            catch (JsonException)
            {
                throw new InvalidDataException("it is no JSON list of ids of tokens.");
            }
        }) ?? [];
}
