namespace Stillwatch.Provenance.Laboratory;

/// <summary>One step of training.</summary>
/// <param name="Step">Its number, from 1.</param>
/// <param name="Steps">All of them.</param>
/// <param name="Loss">Mean loss a token of its batch, in natural units, before the step.</param>
public readonly record struct TransformerProgress(int Step, int Steps, double Loss);
