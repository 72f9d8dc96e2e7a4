namespace Stillwatch.Interactions.Reading;

/// <summary>What a container of a JSON document is, as far as that matters to find its records.</summary>
internal enum DocumentLevel
{
    /// <summary>Outside every container.</summary>
    Top,

    /// <summary>A list of records.</summary>
    Records,

    /// <summary>A record, cut out as one line.</summary>
    Record,

    /// <summary>An object around a list of records in its member <c>data</c>: a page of an API.</summary>
    Page,

    /// <summary>A list of exports of OTLP.</summary>
    Exports,

    /// <summary>An export of OTLP: an object with <c>resourceSpans</c>.</summary>
    Export,

    /// <summary>The list <c>resourceSpans</c>.</summary>
    ResourceSpansList,

    /// <summary>Spans of one resource.</summary>
    ResourceSpans,

    /// <summary>The resource, kept for its spans.</summary>
    Resource,

    /// <summary>The list <c>scopeSpans</c>.</summary>
    ScopeSpansList,

    /// <summary>Spans of one scope.</summary>
    ScopeSpans,

    /// <summary>The list <c>spans</c>.</summary>
    Spans,

    /// <summary>A span, cut out as one line together with its resource.</summary>
    Span,

    /// <summary>Anything else.</summary>
    Other,
}
