namespace Stillwatch.Gateway.Responses;

/// <summary>A number and where it stands in a JSON text.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes; 0 where there is no number.</param>
/// <param name="Value">What it says.</param>
internal readonly record struct NumberInJson(int Start, int Length, double Value);
