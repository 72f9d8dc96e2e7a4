using Stillwatch.Interactions;

namespace Stillwatch.Store.Ingestion;

/// <summary>A text and the hash that stands for it in the store.</summary>
/// <param name="Kind">What it is the text of.</param>
/// <param name="Hash">See <see cref="StoreKeys"/>.</param>
/// <param name="Text">The text; null for an address, which is written out only once it turns out to be new.</param>
/// <param name="Address">The address.</param>
internal readonly record struct Label(LabelKind Kind, ulong Hash, string? Text, ClientAddress Address)
{
    /// <summary>The text as people know it.</summary>
    public override string ToString() => Text ?? Address.ToString();
}
