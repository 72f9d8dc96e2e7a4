using Stillwatch.Interactions.Formats;

namespace Stillwatch.Interactions.Reading;

/// <summary>
/// Where the records of a JSON document are: which container is what, by its parent, its bracket and the name of its member.
/// </summary>
internal sealed class DocumentShape
{
    private enum Member
    {
        None,
        Data,
        ResourceSpans,
        Resource,
        ScopeSpans,
        Spans,
    }

    private static readonly MemberTable<Member> Members = new(
        ("data", Member.Data), ("resourceSpans", Member.ResourceSpans), ("resource_spans", Member.ResourceSpans),
        ("resource", Member.Resource), ("scopeSpans", Member.ScopeSpans), ("scope_spans", Member.ScopeSpans),
        ("instrumentationLibrarySpans", Member.ScopeSpans),
        ("spans", Member.Spans));

    private readonly Func<DocumentLevel, bool, Member, DocumentLevel> _enter;

    private DocumentShape(Func<DocumentLevel, bool, Member, DocumentLevel> enter) => _enter = enter;

    /// <summary>Objects one after another, or lists of objects.</summary>
    public static DocumentShape Records { get; } = new(static (parent, isObject, _) => (parent, isObject) switch
    {
        (DocumentLevel.Top or DocumentLevel.Records, true) => DocumentLevel.Record,
        (DocumentLevel.Top, false) => DocumentLevel.Records,
        _ => DocumentLevel.Other,
    });

    /// <summary>Objects with a list of objects in their member <c>data</c>.</summary>
    public static DocumentShape Pages { get; } = new(static (parent, isObject, member) => (parent, isObject, member) switch
    {
        (DocumentLevel.Top, true, _) => DocumentLevel.Page,
        (DocumentLevel.Page, false, Member.Data) => DocumentLevel.Records,
        (DocumentLevel.Records, true, _) => DocumentLevel.Record,
        _ => DocumentLevel.Other,
    });

    /// <summary>Exports of OTLP, one after another or in a list.</summary>
    public static DocumentShape Exports { get; } = new(static (parent, isObject, member) => (parent, isObject, member) switch
    {
        (DocumentLevel.Top, false, _) => DocumentLevel.Exports,
        (DocumentLevel.Top or DocumentLevel.Exports, true, _) => DocumentLevel.Export,
        (DocumentLevel.Export, false, Member.ResourceSpans) => DocumentLevel.ResourceSpansList,
        (DocumentLevel.ResourceSpansList, true, _) => DocumentLevel.ResourceSpans,
        (DocumentLevel.ResourceSpans, true, Member.Resource) => DocumentLevel.Resource,
        (DocumentLevel.ResourceSpans, false, Member.ScopeSpans) => DocumentLevel.ScopeSpansList,
        (DocumentLevel.ScopeSpansList, true, _) => DocumentLevel.ScopeSpans,
        (DocumentLevel.ScopeSpans, false, Member.Spans) => DocumentLevel.Spans,
        (DocumentLevel.Spans, true, _) => DocumentLevel.Span,
        _ => DocumentLevel.Other,
    });

    /// <summary>The container that opens.</summary>
    /// <param name="parent">Around it.</param>
    /// <param name="isObject">Whether it is an object and not an array.</param>
    /// <param name="member">The name before it, escaped as it stands; empty where it has none.</param>
    public DocumentLevel Enter(DocumentLevel parent, bool isObject, ReadOnlySpan<byte> member) =>
        _enter(parent, isObject, Members.Find(member));
}
