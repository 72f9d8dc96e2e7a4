namespace Stillwatch.Interactions;

/// <summary>The operator's choice of what is kept of prompts and replies, field by field.</summary>
/// <param name="System">Of system prompts.</param>
/// <param name="Messages">Of the messages of conversations.</param>
/// <param name="Tools">Of names of tools.</param>
/// <param name="Response">Of replies.</param>
public readonly record struct ContentPolicy(
    ContentTreatment System, ContentTreatment Messages, ContentTreatment Tools, ContentTreatment Response)
{
    private const string Accepted =
        "Accepted is a list such as system=none,messages=sketch,tools=sketch,response=full, or one of full, sketch, none for all fields.";

    /// <summary>Sketches of everything, text of nothing.</summary>
    public static ContentPolicy Default { get; } = All(ContentTreatment.Sketch);

    /// <summary>The same treatment for every field.</summary>
    public static ContentPolicy All(ContentTreatment treatment) => new(treatment, treatment, treatment, treatment);

    /// <summary>Reads the text form of <c>--keep</c>. Fields that are not named keep the default; one named twice is an error.</summary>
    /// <param name="text">Such as <c>system=none,messages=sketch,response=none</c>, or <c>full</c> for all.</param>
    /// <param name="policy">The policy; the default if the text is refused.</param>
    /// <param name="error">What is wrong and what is accepted; null if nothing.</param>
    public static bool TryParse(string text, out ContentPolicy policy, out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        policy = Default;
        error = null;
        if (TryTreatment(text, out var all))
        {
            policy = All(all);
            return true;
        }

        var named = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var choice in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryApply(choice, named, ref policy, out error))
            {
                policy = Default;
                return false;
            }
        }

        return true;
    }

    /// <summary>The text form, which <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        $"system={Name(System)},messages={Name(Messages)},tools={Name(Tools)},response={Name(Response)}";

    private static bool TryApply(string choice, HashSet<string> named, ref ContentPolicy policy, out string? error)
    {
        var parts = choice.Split('=', StringSplitOptions.TrimEntries);
        error = parts switch
        {
            not [_, _] => $"\"{choice}\" is no choice of what to keep. {Accepted}",
            _ when !TryTreatment(parts[1], out _) => $"\"{parts[1]}\" is no treatment of {parts[0]}: full, sketch or none. {Accepted}",
            _ when !named.Add(parts[0]) => $"{parts[0]} is named twice. {Accepted}",
            _ => null,
        };
        return error is null && TrySet(parts[0], parts[1], ref policy, out error);
    }

    private static bool TrySet(string field, string value, ref ContentPolicy policy, out string? error)
    {
        _ = TryTreatment(value, out var treatment);
        (policy, error) = field.ToUpperInvariant() switch
        {
            "SYSTEM" => (policy with { System = treatment }, null),
            "MESSAGES" => (policy with { Messages = treatment }, null),
            "TOOLS" => (policy with { Tools = treatment }, null),
            "RESPONSE" => (policy with { Response = treatment }, null),
            _ => (policy, $"\"{field}\" is no field with content: system, messages, tools or response. {Accepted}"),
        };
        return error is null;
    }

    private static bool TryTreatment(string text, out ContentTreatment treatment)
    {
        treatment = ContentTreatment.None;
        return text.Length > 0 && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out treatment);
    }

    private static string Name(ContentTreatment treatment) => treatment switch
    {
        ContentTreatment.None => "none",
        ContentTreatment.Sketch => "sketch",
        ContentTreatment.Full => "full",
        _ => throw new ArgumentOutOfRangeException(nameof(treatment), treatment, null),
    };
}
