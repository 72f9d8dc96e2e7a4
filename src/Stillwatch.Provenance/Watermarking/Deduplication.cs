namespace Stillwatch.Provenance.Watermarking;

/// <summary>Which tokens of a text count; names in brackets are those of published detectors.</summary>
public enum Deduplication
{
    /// <summary>The first of each (context, token) (<c>v2</c>).</summary>
    PairsOnce,

    /// <summary>The first token after each context (<c>v1</c>).</summary>
    ContextsOnce,
}
