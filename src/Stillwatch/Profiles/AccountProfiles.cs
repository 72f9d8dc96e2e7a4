namespace Stillwatch.Profiles;

/// <summary>The profiles of all accounts of a log. Immutable; about 80 bytes an account, 40 a way in.</summary>
public sealed class AccountProfiles
{
    private readonly AccountProfile[] _profiles;
    private readonly ulong[] _order;

    /// <param name="profiles">One profile an account, ascending by fingerprint.</param>
    /// <param name="clients">Ways in, each once an account.</param>
    /// <param name="models">Models, each once an account.</param>
    /// <exception cref="ArgumentException">The profiles are not strictly ascending.</exception>
    public AccountProfiles(AccountProfile[] profiles, IReadOnlyList<ClientUse> clients, IReadOnlyList<ModelUse> models)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        _profiles = profiles;
        _order = Array.ConvertAll(profiles, static profile => profile.Account);
        for (var i = 1; i < _order.Length; i++)
        {
            if (_order[i] <= _order[i - 1])
            {
                throw new ArgumentException($"the profiles are not strictly ascending at {i}", nameof(profiles));
            }
        }

        (Clients, Models) = (clients, models);
    }

    /// <summary>How many accounts there are.</summary>
    public int Count => _profiles.Length;

    /// <summary>Ways in.</summary>
    public IReadOnlyList<ClientUse> Clients { get; }

    /// <summary>Use of models.</summary>
    public IReadOnlyList<ModelUse> Models { get; }

    /// <summary>The profile at an index.</summary>
    public ref readonly AccountProfile this[int account] => ref _profiles[account];

    /// <summary>The index of an account; negative if it has no interaction.</summary>
    public int IndexOf(ulong account) => Array.BinarySearch(_order, account);
}
