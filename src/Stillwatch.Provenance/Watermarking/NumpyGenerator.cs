using System.Numerics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>NumPy's <c>default_rng</c>, bit by bit, as far as shuffling needs it: the draws behind the published Unigram mark.</summary>
/// <remarks>
/// PCG64, which is PCG XSL RR 128/64 (O'Neill 2014), seeded through NumPy's SeedSequence; bounded draws by masking and rejecting 32 bits.
/// Not thread-safe.
/// </remarks>
public sealed class NumpyGenerator
{
    private const int PoolSize = 4;
    private const uint MultiplierA = 0x931e8875;
    private const uint MultiplierB = 0x58f38ded;
    private const uint MixLeft = 0xca01f9dd;
    private const uint MixRight = 0x4973f715;

    private static readonly UInt128 Multiplier = new(2549297995355413924, 4865540595714422341);

    private readonly UInt128 _increment;
    private UInt128 _state;
    private uint? _buffered;

    /// <param name="seed">As given to <c>default_rng</c>.</param>
    public NumpyGenerator(uint seed)
    {
        Span<ulong> words = stackalloc ulong[4];
        FillFromSeed(seed, words);
        _increment = (new UInt128(words[2], words[3]) << 1) | 1;
        _state = (_increment + new UInt128(words[0], words[1])) * Multiplier + _increment;
    }

    /// <summary>64 bits.</summary>
    public ulong NextUInt64()
    {
        _state = _state * Multiplier + _increment;
        return ulong.RotateRight((ulong)(_state >> 64) ^ (ulong)_state, (int)(_state >> 122));
    }

    /// <summary>Puts items in the order that <c>Generator.shuffle</c> gives them.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last >= 1; last--)
        {
            var other = (int)NextAtMost((uint)last);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private uint NextUInt32()
    {
        if (_buffered is { } kept)
        {
            _buffered = null;
            return kept;
        }

        var both = NextUInt64();
        _buffered = (uint)(both >> 32);
        return (uint)both;
    }

    /// <summary>Draws as many bits as the bound has until they do not exceed it.</summary>
    private uint NextAtMost(uint highest)
    {
        var mask = uint.MaxValue >> BitOperations.LeadingZeroCount(highest);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > highest);

        return value;
    }

    /// <summary>SeedSequence: the entropy is spread over a pool, from which as many words as needed are drawn.</summary>
    private static void FillFromSeed(uint seed, Span<ulong> words)
    {
        var constant = 0x43b0d7e5u;
        Span<uint> pool = stackalloc uint[PoolSize];
        for (var i = 0; i < PoolSize; i++)
        {
            pool[i] = Scramble(i == 0 ? seed : 0, ref constant, MultiplierA);
        }

        for (var from = 0; from < PoolSize; from++)
        {
            for (var to = 0; to < PoolSize; to++)
            {
                pool[to] = from == to ? pool[to] : Mix(pool[to], Scramble(pool[from], ref constant, MultiplierA));
            }
        }

        constant = 0x8b51f9dd;
        for (var i = 0; i < words.Length; i++)
        {
            var low = Scramble(pool[2 * i % PoolSize], ref constant, MultiplierB);
            words[i] = ((ulong)Scramble(pool[(2 * i + 1) % PoolSize], ref constant, MultiplierB) << 32) | low;
        }
    }

    private static uint Scramble(uint value, ref uint constant, uint multiplier)
    {
        value ^= constant;
        constant *= multiplier;
        value *= constant;
        return value ^ (value >> 16);
    }

    private static uint Mix(uint left, uint right)
    {
        var mixed = MixLeft * left - MixRight * right;
        return mixed ^ (mixed >> 16);
    }
}
