namespace Stillwatch.Interactions.Formats;

/// <summary>What a field holds, hence how it is read from JSON and from a table's cell.</summary>
internal enum FieldKind
{
    None,
    Name,
    Time,
    Address,
    Integer,
    Number,
    Flag,
    Text,
    Messages,
    Tools,
}
