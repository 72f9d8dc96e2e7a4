using System.Text.Json;

namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>What STIX 2.1 demands of every object, whatever its type, and of objects together.</summary>
internal static class ReceivedObjects
{
    private const string MarkingType = "marking-definition";

    /// <param name="item">The object.</param>
    /// <param name="place">What errors call it.</param>
    /// <exception cref="InvalidDataException">It lacks what every object has.</exception>
    public static ReceivedObject Read(JsonElement item, string place)
    {
        var id = IdOf(item, place);
        if (item.TryGetProperty("spec_version", out var version) && !IsText(version, "2.1"u8) && !IsText(version, "2.0"u8))
        {
            throw new InvalidDataException($"{place}.spec_version is neither \"2.1\" nor \"2.0\"");
        }

        var created = Time(item, "created", place);
        var modified = Time(item, "modified", place);
        if (modified < created)
        {
            throw new InvalidDataException($"{place}.modified is before its created (STIX 2.1, 3.2)");
        }

        return new ReceivedObject
        {
            Id = id,
            CreatedBy = Reference(item, "created_by_ref", "identity", place),
            Modified = modified ?? created,
            IsRevoked = item.TryGetProperty("revoked", out var revoked) && IsTrue(revoked, place),
            Markings = Markings(item, place),
            Json = item.Clone(),
        };
    }

    /// <summary>The id of an object, of the type that the object says.</summary>
    public static StixId IdOf(JsonElement item, string place)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "type", place) is not { } type)
        {
            throw new InvalidDataException($"{place} is no object with a type");
        }

        return Text(item, "id", place) is { } text && StixId.TryParse(text, null, out var id) && id.Type == type
            ? id
            : throw new InvalidDataException(
                $"{place}.id is no id of the type \"{Short(type)}\", which is the type, two dashes and a UUID");
    }

    /// <exception cref="InvalidDataException">A version is given twice, or markings mark each other in a circle.</exception>
    public static void CheckTogether(IReadOnlyList<ReceivedObject> objects)
    {
        var seen = new HashSet<(StixId, DateTimeOffset?)>(objects.Count);
        foreach (var item in objects)
        {
            if (!seen.Add((item.Id, item.Modified)))
            {
                throw new InvalidDataException($"{item.Id} is given twice in one version");
            }
        }

        var markings = objects.Where(static item => item.Id.Type == MarkingType);
        CheckMarkings(markings.ToLookup(static item => item.Id, static item => item.Markings));
    }

    /// <summary>Follows who marks whom, each marking once (STIX 2.1, 7.2: markings may be marked, but never in a circle).</summary>
    private static void CheckMarkings(ILookup<StixId, IReadOnlyList<StixId>> markings)
    {
        var finished = new HashSet<StixId>();
        foreach (var marking in markings)
        {
            var path = new HashSet<StixId>();
            var open = new Stack<(StixId Id, bool IsLeft)>([(marking.Key, false)]);
            while (open.TryPop(out var next))
            {
                if (next.IsLeft)
                {
                    path.Remove(next.Id);
                    finished.Add(next.Id);
                }
                else if (path.Contains(next.Id))
                {
                    throw new InvalidDataException($"{next.Id} marks itself, through others or alone");
                }
                else if (!finished.Contains(next.Id))
                {
                    path.Add(next.Id);
                    open.Push((next.Id, true));
                    foreach (var marked in markings[next.Id].SelectMany(static list => list))
                    {
                        open.Push((marked, false));
                    }
                }
            }
        }
    }

    private static List<StixId> Markings(JsonElement item, string place)
    {
        if (!item.TryGetProperty("object_marking_refs", out var list))
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(marking => MarkingOf(marking, place))]
            : throw new InvalidDataException($"{place}.object_marking_refs is no list");
    }

    private static StixId MarkingOf(JsonElement marking, string place) =>
        marking.ValueKind == JsonValueKind.String && StixId.TryParse(marking.GetString(), null, out var id) && id.Type == MarkingType
            ? id
            : throw new InvalidDataException($"{place}.object_marking_refs names what is no {MarkingType}");

    private static bool IsTrue(JsonElement revoked, string place) => revoked.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new InvalidDataException($"{place}.revoked is neither true nor false"),
    };

    private static DateTimeOffset? Time(JsonElement item, string property, string place)
    {
        if (!item.TryGetProperty(property, out _))
        {
            return null;
        }

        return StixTimestamp.TryParse(Text(item, property, place), out var time)
            ? time
            : throw new InvalidDataException($"{place}.{property} is no time such as 2026-03-01T00:00:00.000Z");
    }

    private static StixId? Reference(JsonElement item, string property, string type, string place)
    {
        if (!item.TryGetProperty(property, out _))
        {
            return null;
        }

        return StixId.TryParse(Text(item, property, place), null, out var id) && id.Type == type
            ? id
            : throw new InvalidDataException($"{place}.{property} is no id of the type {type}");
    }

    private static string? Text(JsonElement item, string property, string place)
    {
        if (!item.TryGetProperty(property, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new InvalidDataException($"{place}.{property} is no text");
    }

    private static bool IsText(JsonElement value, ReadOnlySpan<byte> text) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static string Short(string text) => text.Length > 60 ? $"{text[..60]}…" : text;
}
