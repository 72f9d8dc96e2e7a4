namespace Stillwatch.Interactions.Reading;

/// <summary>What is wrong with a record, a member of it, or a file.</summary>
public enum InputFaultReason
{
    /// <summary>The text is no JSON (RFC 8259), or is cut, or more follows the value.</summary>
    InvalidJson,

    /// <summary>The bytes are not UTF-8 (RFC 3629).</summary>
    InvalidUtf8,

    /// <summary>A JSON value, but no object.</summary>
    NotAnObject,

    /// <summary>Objects and arrays nest deeper than <see cref="ReaderOptions.MaxDepth"/>.</summary>
    NestedTooDeep,

    /// <summary>The line is longer than <see cref="ReaderOptions.MaxLineBytes"/>; it was skipped, never held.</summary>
    LineTooLong,

    /// <summary>A required member is absent or null.</summary>
    Missing,

    /// <summary>A required member is the empty string.</summary>
    Empty,

    /// <summary>The member holds another type of value.</summary>
    WrongType,

    /// <summary>The type is right, the value is not of the member's form.</summary>
    Malformed,

    /// <summary>A number or a time outside what can be.</summary>
    OutOfRange,

    /// <summary>A name with a control character.</summary>
    ControlCharacter,

    /// <summary>A name or list longer than its limit. Where the interaction was kept, what was too much was cut.</summary>
    TooLong,

    /// <summary>A row of a table has more or fewer fields than its header.</summary>
    FieldCount,

    /// <summary>A quoted field of a table is not closed, or goes on after its closing quote.</summary>
    MalformedQuoting,

    /// <summary>The compressed data end before their end; what came before counts.</summary>
    Truncated,

    /// <summary>The compressed data contradict their checksum or form; what came before counts.</summary>
    Corrupt,

    /// <summary>The file is in a format, compression or encoding that is not read.</summary>
    Unsupported,

    /// <summary>The file could not be opened, or not be read to its end; what came before counts.</summary>
    Unreadable,
}
