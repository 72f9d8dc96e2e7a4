using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads what is said of one model.</summary>
internal static class ModelReader
{
    private const int MaxNameLength = 256;

    /// <summary>Reads it, but for its upstream.</summary>
    public static ModelRoute Read(MappingReader model)
    {
        var name = model.Text("name", required: true) ?? string.Empty;
        if (name.Length > MaxNameLength)
        {
            model.Fault("name", $"it is longer than {MaxNameLength} characters.");
        }
        else if (name.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < name.Length - 1)
        {
            model.Fault("name", $"'{name}': a * may only stand at the end.");
        }

        var most = model.Count("max_output_tokens", 0, 1, 10_000_000);
        return new(name, string.Empty, model.Text("owned_by") ?? "organization")
        {
            Region = Bounded(model, "region") ?? "",
            Families = [.. model.Texts("families").Select(static item => item.Text)],
            Price = new(
                model.Millionths("input_price", 0, ModelPrice.MaxPerMillion),
                model.Millionths("output_price", 0, ModelPrice.MaxPerMillion)),
            MaxOutputTokens = most == 0 ? null : most,
            OpensReasoning = model.Flag("opens_reasoning"),
        };
    }

    private static string? Bounded(MappingReader model, string member)
    {
        var text = model.Text(member);
        if (text is { Length: > MaxNameLength })
        {
            model.Fault(member, $"it is longer than {MaxNameLength} characters.");
        }

        return text;
    }
}
