namespace Stillwatch.Gateway.Dialects;

/// <summary>Where the values of a request with text in them stand in its body; empty where there are none.</summary>
/// <param name="System">The system prompt beside the messages: <c>system</c>, <c>instructions</c>.</param>
/// <param name="Messages">The conversation: <c>messages</c>, <c>input</c>, <c>prompt</c>.</param>
/// <param name="Tools">The tools offered.</param>
internal readonly record struct ContentRanges(Range System, Range Messages, Range Tools);
