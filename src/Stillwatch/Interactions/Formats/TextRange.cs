namespace Stillwatch.Interactions.Formats;

/// <summary>Some bytes of a <see cref="TextScratch"/>.</summary>
internal readonly record struct TextRange(int Start, int Length);
