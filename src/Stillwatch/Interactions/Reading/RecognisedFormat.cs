namespace Stillwatch.Interactions.Reading;

/// <summary>What an input was found to be.</summary>
/// <param name="Format">Its format.</param>
/// <param name="Cut">How its records are told apart.</param>
internal readonly record struct RecognisedFormat(InputFormat Format, RecordCut Cut);
