namespace Stillwatch.Simulation.Traffic;

/// <summary>One request to come: who makes it, when, and which piece of the account's work it is.</summary>
/// <param name="TimeMs">Milliseconds from the start of the scenario.</param>
/// <param name="Account">Number of the account.</param>
/// <param name="Ordinal">How many exchanges of the account were planned before it.</param>
/// <param name="Unit">The conversation, job, task or work-list item it belongs to; counted by account.</param>
/// <param name="Turn">Its place within the unit.</param>
/// <param name="IsCover">Whether it only covers a campaign.</param>
internal readonly record struct Exchange(long TimeMs, int Account, uint Ordinal, uint Unit, int Turn, bool IsCover);
