using System.Numerics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>c[k] = sum over s of counts[s] values[(s + k) mod n], for n a power of two, by the fast Fourier transform.</summary>
internal static class CircularCorrelation
{
    /// <summary>Exact: counts and values are whole numbers, and the result is rounded to the nearest one.</summary>
    public static double[] Of(ReadOnlySpan<int> counts, ReadOnlySpan<byte> values)
    {
        var left = new Complex[counts.Length];
        var right = new Complex[counts.Length];
        for (var i = 0; i < left.Length; i++)
        {
            (left[i], right[i]) = (counts[i], values[i]);
        }

        Transform(left, forward: true);
        Transform(right, forward: true);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = Complex.Conjugate(left[i]) * right[i];
        }

        Transform(left, forward: false);
        return [.. left.Select(value => Math.Round(value.Real / left.Length))];
    }

    /// <summary>Cooley and Tukey 1965, in place, radix two; not scaled.</summary>
    private static void Transform(Complex[] items, bool forward)
    {
        var bits = BitOperations.Log2((uint)items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            var mirrored = (int)(Reverse((uint)i) >> (32 - bits));
            if (mirrored > i)
            {
                (items[i], items[mirrored]) = (items[mirrored], items[i]);
            }
        }

        for (var half = 1; half < items.Length; half *= 2)
        {
            var angle = (forward ? -1 : 1) * Math.PI / half;
            for (var place = 0; place < half; place++)
            {
                var turn = Complex.FromPolarCoordinates(1, angle * place);
                for (var i = place; i < items.Length; i += 2 * half)
                {
                    var other = items[i + half] * turn;
                    (items[i], items[i + half]) = (items[i] + other, items[i] - other);
                }
            }
        }
    }

    private static uint Reverse(uint value)
    {
        value = ((value >> 1) & 0x55555555) | ((value & 0x55555555) << 1);
        value = ((value >> 2) & 0x33333333) | ((value & 0x33333333) << 2);
        value = ((value >> 4) & 0x0f0f0f0f) | ((value & 0x0f0f0f0f) << 4);
        value = ((value >> 8) & 0x00ff00ff) | ((value & 0x00ff00ff) << 8);
        return (value >> 16) | (value << 16);
    }
}
