namespace Stillwatch.Coordination;

/// <summary>Who belongs together by declaration.</summary>
/// <param name="Party">For each account the index of its organization, or of itself.</param>
/// <param name="Identity">For each account a stable identity.</param>
/// <param name="Count">How many parties there are.</param>
public sealed record AccountParties(int[] Party, ulong[] Identity, int Count)
{
    /// <summary>For each account whether no other is of its party.</summary>
    internal bool[] IsAlone { get; } = Alone(Party, Count);

    private static bool[] Alone(int[] party, int count)
    {
        var accounts = new int[count];
        foreach (var index in party)
        {
            accounts[index]++;
        }

        return Array.ConvertAll(party, index => accounts[index] == 1);
    }
}
