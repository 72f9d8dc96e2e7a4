namespace Stillwatch.Coordination;

/// <summary>The arrays of a <see cref="SharingGraph"/>: starts of rows, and rows, for both sides.</summary>
internal sealed record SharingGraphRows(int[] AccountStart, ValueUse[] Uses, int[] ValueStart, int[] Users);
