using System.Numerics;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Networks;

/// <summary>Numbers by address: ranges in order, found by halving. Immutable.</summary>
/// <remarks>
/// Of several ranges that hold an address, the one that begins last counts, and of those the shortest: published tables have a few such,
/// and the narrower announcement is the one that routes follow. IPv4 has arrays of its own, 12 bytes a range instead of 36: it is most of
/// what there is.
/// </remarks>
internal sealed class AddressTable
{
    private readonly Half<uint> _v4;
    private readonly Half<UInt128> _v6;

    /// <param name="ranges">In any order.</param>
    public AddressTable(IEnumerable<AddressRange> ranges)
    {
        List<(uint, uint, uint)> v4 = [];
        List<(UInt128, UInt128, uint)> v6 = [];
        foreach (var (first, last, value) in ranges)
        {
            if (first.IsIPv4 && last.IsIPv4)
            {
                v4.Add(((uint)first.Bits, (uint)last.Bits, value));
            }
            else
            {
                v6.Add((first.Bits, last.Bits, value));
            }
        }

        (_v4, _v6) = (new(v4), new(v6));
    }

    /// <summary>How many ranges there are.</summary>
    public int Count => _v4.Count + _v6.Count;

    /// <summary>What is said of an address; 0 for nothing.</summary>
    public uint Find(ClientAddress address) => address.IsIPv4 ? _v4.Find((uint)address.Bits) : _v6.Find(address.Bits);

    /// <summary>The ranges of one kind of address.</summary>
    private sealed class Half<T>
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        private readonly T[] _first;
        private readonly T[] _last;
        private readonly uint[] _values;

        public Half(List<(T First, T Last, uint Value)> ranges)
        {
            ranges.Sort(static (a, b) => a.First != b.First ? a.First.CompareTo(b.First) : b.Last.CompareTo(a.Last));
            var apart = Apart(ranges);
            _first = [.. apart.Select(static range => range.First)];
            _last = [.. apart.Select(static range => range.Last)];
            _values = [.. apart.Select(static range => range.Value)];
        }

        public int Count => _values.Length;

        public uint Find(T bits)
        {
            var at = Array.BinarySearch(_first, bits);
            at = at >= 0 ? at : ~at - 1;
            return at >= 0 && bits <= _last[at] ? _values[at] : 0;
        }

        /// <summary>The same as ranges that have no address in common, in order.</summary>
        private static List<(T First, T Last, uint Value)> Apart(List<(T First, T Last, uint Value)> ranges)
        {
            var apart = new List<(T First, T Last, uint Value)>(ranges.Count);
            var open = new Stack<(T Last, uint Value)>();

            // Everything before this address is done.
            var at = T.MinValue;
            foreach (var (first, last, value) in ranges)
            {
                at = Close(apart, open, at, first);
                if (open.TryPeek(out var around) && at < first)
                {
                    apart.Add((at, first - T.One, around.Value));
                }

                at = first;
                open.Push((last, value));
            }

            while (open.TryPop(out var rest))
            {
                if (rest.Last >= at)
                {
                    apart.Add((at, rest.Last, rest.Value));
                    at = rest.Last;
                    at += at == T.MaxValue ? T.Zero : T.One;
                }
            }

            return apart;
        }

        /// <summary>Ends the ranges that end before an address; the innermost comes first.</summary>
        private static T Close(List<(T First, T Last, uint Value)> apart, Stack<(T Last, uint Value)> open, T at, T before)
        {
            while (open.TryPeek(out var inner) && inner.Last < before)
            {
                open.Pop();
                if (inner.Last >= at)
                {
                    apart.Add((at, inner.Last, inner.Value));
                    at = inner.Last + T.One;
                }
            }

            return at;
        }
    }
}
