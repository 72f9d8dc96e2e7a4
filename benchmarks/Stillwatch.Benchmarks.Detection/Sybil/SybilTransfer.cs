namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>That one address sent money to another; times are not known.</summary>
/// <param name="From">The sender's number; accounts come first, then addresses outside the list.</param>
/// <param name="To">The receiver's number.</param>
/// <param name="Count">How many times.</param>
internal readonly record struct SybilTransfer(int From, int To, int Count);
