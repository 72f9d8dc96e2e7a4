namespace Stillwatch.Provenance.Watermarking;

/// <summary>PyTorch's random generator on the CPU, bit by bit: the draws behind the green lists of published schemes.</summary>
/// <remarks>
/// MT19937 (Matsumoto and Nishimura 1998), seeded with the low 32 bits of the seed alone, so that all seeds that agree in these give one
/// list. On other devices PyTorch draws differently; marks made there cannot be found here. Not thread-safe.
/// </remarks>
public sealed class TorchGenerator
{
    private const int Size = 624;
    private const int Period = 397;
    private const double UnitOf24Bits = 1.0 / (1 << 24);

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    /// <param name="seed">As given to <c>manual_seed</c>; the low 32 bits count.</param>
    public TorchGenerator(ulong seed)
    {
        _state[0] = (uint)seed;
        for (var i = 1; i < Size; i++)
        {
            _state[i] = 1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
        }
    }

    /// <summary>32 bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Size)
        {
            Twist();
        }

        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    /// <summary>An element of <c>torch.rand</c>: a multiple of 2^-24 in [0, 1).</summary>
    public float NextSingle() => (float)((NextUInt32() & 0xffffff) * UnitOf24Bits);

    /// <summary>The first elements of <c>torch.randperm(count)</c>; later draws never move them.</summary>
    /// <param name="count">Length of the whole permutation.</param>
    /// <param name="first">How many of its elements, 0 to <paramref name="count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public int[] Permutation(int count, int first)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, count);
        var items = new int[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = i;
        }

        for (var i = 0; i < Math.Min(first, count - 1); i++)
        {
            var other = i + (int)(NextUInt32() % (uint)(count - i));
            (items[i], items[other]) = (items[other], items[i]);
        }

        return items[..first];
    }

    private void Twist()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7fffffff);
            _state[i] = _state[(i + Period) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908b0df);
        }

        _next = 0;
    }
}
