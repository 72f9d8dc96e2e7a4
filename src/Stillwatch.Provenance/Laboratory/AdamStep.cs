namespace Stillwatch.Provenance.Laboratory;

/// <summary>The numbers of one step of AdamW.</summary>
/// <param name="Size">The rate, set right for the first moment's start from zero.</param>
/// <param name="Root">What sets the root of the second moment right.</param>
/// <param name="Shrinking">The rate times the decay of weights.</param>
/// <param name="FirstDecay">What stays of the first moment.</param>
/// <param name="SecondDecay">What stays of the second moment.</param>
/// <param name="Epsilon">What keeps the division from zero.</param>
internal readonly record struct AdamStep(float Size, float Root, float Shrinking, float FirstDecay, float SecondDecay, float Epsilon);
