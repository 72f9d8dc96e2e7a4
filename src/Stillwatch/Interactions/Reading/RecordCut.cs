namespace Stillwatch.Interactions.Reading;

/// <summary>How the records of an input are told apart.</summary>
internal enum RecordCut
{
    /// <summary>One a line (or row).</summary>
    Lines,

    /// <summary>Objects one after another, over any number of lines, or in a list.</summary>
    Document,

    /// <summary>In the list <c>data</c> of an object.</summary>
    Pages,
}
