using System.Numerics;

namespace Stillwatch.Statistics;

/// <summary>
/// A small random generator whose stream depends on its seed alone: not on the runtime, the machine or the order in which others draw.
/// </summary>
/// <remarks>
/// xoshiro256** 1.0 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021), its state filled by SplitMix64
/// (Steele, Lea and Flood 2014). Period 2^256 - 1. Not for secrets. A mutable value: a copy repeats the same stream, so pass it by
/// reference. <c>default</c> yields zeros only and must not be used.
/// </remarks>
public struct SeededGenerator
{
    private const ulong GoldenGamma = 0x9e3779b97f4a7c15;
    private const double UnitOf53Bits = 1.0 / (1L << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <param name="seed">Any number; each gives another stream.</param>
    public SeededGenerator(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>A stream of its own for one part of a computation, so that the parts may run in any order.</summary>
    /// <param name="seed">The seed of the whole computation.</param>
    /// <param name="stream">What tells the parts apart, such as a group's number or the hash of its name.</param>
    public SeededGenerator(ulong seed, ulong stream)
        : this(SplitMix64(ref seed) ^ BitOperations.RotateLeft(SplitMix64(ref stream), 32))
    {
    }

    internal SeededGenerator(ulong s0, ulong s1, ulong s2, ulong s3) => (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);

    /// <summary>64 uniform bits.</summary>
    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform multiple of 2^-53 in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * UnitOf53Bits;

    /// <summary>A uniform integer from 0 to below the bound, without bias.</summary>
    /// <remarks>Lemire, "Fast random integer generation in an interval", ACM TOMACS 2019.</remarks>
    /// <param name="bound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var product = NextUInt64High32() * (ulong)bound;
        if ((uint)product < (uint)bound)
        {
            var biased = (uint)-bound % (uint)bound;
            while ((uint)product < biased)
            {
                product = NextUInt64High32() * (ulong)bound;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Puts the items in a uniformly random order.</summary>
    /// <remarks>Fisher and Yates, in Durstenfeld's form of 1964.</remarks>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Next(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    internal static ulong SplitMix64(ref ulong state)
    {
        state += GoldenGamma;
        var mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }

    private ulong NextUInt64High32() => NextUInt64() >> 32;
}
