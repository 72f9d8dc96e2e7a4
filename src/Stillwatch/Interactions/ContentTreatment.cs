namespace Stillwatch.Interactions;

/// <summary>What is kept of a text once it was read at the edge. In order of what is kept.</summary>
public enum ContentTreatment
{
    /// <summary>Nothing: neither the text nor a sketch of it; detection does without this field.</summary>
    None,

    /// <summary>Its sketch, from which the text cannot be read back. What detection needs.</summary>
    Sketch,

    /// <summary>The sketch and the text itself, for analysts.</summary>
    Full,
}
