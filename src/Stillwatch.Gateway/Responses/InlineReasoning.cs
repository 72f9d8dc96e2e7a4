using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>
/// Takes reasoning out of the text of completions (<see cref="InlineText"/>), and the probabilities of a choice that has some, because they
/// name its tokens. Used by one thread at a time.
/// </summary>
/// <param name="isOpened">See <see cref="InlineText"/>.</param>
internal sealed class InlineReasoning(bool isOpened)
{
    /// <summary>Nobody offers more choices than 128; those past the bound stay as they are.</summary>
    private const int MaxChoices = 256;

    private const int MaxDepth = 256;

    private readonly Dictionary<int, InlineText> _choices = [];

    /// <summary>Takes it out of an event's data or of a whole reply.</summary>
    /// <param name="data">JSON; what is none stays.</param>
    /// <returns>The data without; null if nothing changes.</returns>
    public byte[]? Edit(ReadOnlySpan<byte> data)
    {
        if (data.IndexOf("\"choices\""u8) < 0)
        {
            return null;
        }

        try
        {
            var edits = new JsonEdits();
            foreach (var choice in ReadChoices(data))
            {
                Edit(choice, data, edits);
            }

            return edits.Any ? edits.Apply(data) : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // What clients cannot read either tells them nothing.
            return null;
        }
    }

    private void Edit(in Choice choice, ReadOnlySpan<byte> data, JsonEdits edits)
    {
        if (!_choices.TryGetValue(choice.Index, out var text))
        {
            if (_choices.Count == MaxChoices)
            {
                return;
            }

            _choices[choice.Index] = text = new(isOpened);
        }

        var kept = (choice.Text is { } said ? text.Take(said) : "") + (choice.IsLast ? text.Rest() : "");
        var changes = new List<(Range At, byte[] With)>();
        var hasPlace = choice.At.End.Value > 0 || choice.Insert.End.Value > 0;
        if (hasPlace && kept != (choice.Text ?? ""))
        {
            changes.Add(Change(choice, kept));
        }

        if (choice.Logprobs.End.Value > 0 && text.HasReasoning)
        {
            changes.Add((choice.Logprobs, "null"u8.ToArray()));
        }

        foreach (var (at, with) in changes.OrderBy(static change => change.At.Start.Value))
        {
            edits.Replace(at.Start.Value, at.End.Value, with);
        }
    }

    /// <summary>The text's place gets what is kept; where an event has none, a member is put into its object.</summary>
    private static (Range At, byte[] With) Change(in Choice choice, string kept)
    {
        var json = $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(kept)}\"";
        return choice.At.End.Value > 0
            ? (choice.At, Encoding.UTF8.GetBytes(json))
            : (choice.Insert, Encoding.UTF8.GetBytes($"\"content\":{json}{(choice.HasMembers ? "," : "")}"));
    }

    private static List<Choice> ReadChoices(ReadOnlySpan<byte> data)
    {
        var choices = new List<Choice>();
        var json = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
        {
            return choices;
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isChoices = json.IsNamed("choices"u8);
            json.Read();
            if (!isChoices || json.TokenType is not JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType is not JsonTokenType.EndArray)
            {
                if (json.TokenType is JsonTokenType.StartObject)
                {
                    choices.Add(ReadChoice(ref json, choices.Count));
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return choices;
    }

    private static Choice ReadChoice(ref Utf8JsonReader json, int place)
    {
        var choice = new Choice { Index = place };
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isMessage = json.IsNamed("message"u8);
            var isText = json.IsNamed("text"u8);
            var isLogprobs = json.IsNamed("logprobs"u8);
            var isReason = json.IsNamed("finish_reason"u8);
            var isIndex = json.IsNamed("index"u8);
            var isDelta = json.IsNamed("delta"u8);
            json.Read();
            var start = (int)json.TokenStartIndex;
            if ((isMessage || isDelta) && json.TokenType is JsonTokenType.StartObject)
            {
                choice = ReadMessage(ref json, choice with { IsLast = choice.IsLast || isMessage });
            }
            else if (isText && json.TokenType is JsonTokenType.String)
            {
                choice = choice with { Text = json.GetString(), At = start..(int)json.BytesConsumed };
            }
            else if (isIndex && json.TokenType is JsonTokenType.Number && json.TryGetInt32(out var index))
            {
                choice = choice with { Index = index };
            }
            else
            {
                var isGiven = json.TokenType is not JsonTokenType.Null;
                json.Skip();
                choice = choice with
                {
                    IsLast = choice.IsLast || (isReason && isGiven),
                    Logprobs = isLogprobs && isGiven ? start..(int)json.BytesConsumed : choice.Logprobs,
                };
            }
        }

        return choice;
    }

    private static Choice ReadMessage(ref Utf8JsonReader json, Choice choice)
    {
        var inside = (int)json.BytesConsumed;
        choice = choice with { Insert = inside..inside };
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isContent = json.IsNamed("content"u8);
            choice = choice with { HasMembers = true };
            json.Read();
            var start = (int)json.TokenStartIndex;
            if (isContent && json.TokenType is (JsonTokenType.String or JsonTokenType.Null))
            {
                choice = choice with { Text = json.GetString(), At = start..(int)json.BytesConsumed };
            }
            else
            {
                json.Skip();
            }
        }

        return choice;
    }

    /// <summary>What of a choice matters here, and where it stands.</summary>
    private readonly record struct Choice
    {
        public int Index { get; init; }

        public string? Text { get; init; }

        public Range At { get; init; }

        public Range Insert { get; init; }

        public bool HasMembers { get; init; }

        public Range Logprobs { get; init; }

        public bool IsLast { get; init; }
    }
}
