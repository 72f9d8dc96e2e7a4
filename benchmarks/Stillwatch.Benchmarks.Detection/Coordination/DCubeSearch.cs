namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>One search of <see cref="DCube"/> for a single dense block among some tuples.</summary>
internal sealed class DCubeSearch
{
    private readonly MassTensor _tensor;
    private readonly DCubeOptions _options;
    private readonly double[][] _mass;
    private readonly bool[][] _isLeft;
    private readonly int[][] _position;
    private readonly int[] _sizes;
    private readonly int[] _wholeSizes;
    private readonly double _wholeMass;
    private List<int> _tuples;
    private double _left;
    private double _best;
    private int _next;
    private int _bestFrom;

    /// <param name="tensor">The tensor.</param>
    /// <param name="options">How to look.</param>
    /// <param name="tuples">The tuples that are there.</param>
    public DCubeSearch(MassTensor tensor, DCubeOptions options, List<int> tuples)
    {
        (_tensor, _options, _tuples) = (tensor, options, tuples);
        _mass = [.. tensor.Sizes.Select(static size => new double[size])];
        _isLeft = [.. tensor.Sizes.Select(static size => new bool[size])];
        _position = [.. tensor.Sizes.Select(static size => new int[size])];
        foreach (var tuple in tuples)
        {
            for (var mode = 0; mode < tensor.Order; mode++)
            {
                _mass[mode][tensor.Value(tuple, mode)] += tensor.Masses[tuple];
                _isLeft[mode][tensor.Value(tuple, mode)] = true;
            }

            _wholeMass += tensor.Masses[tuple];
        }

        _sizes = [.. _isLeft.Select(static left => left.Count(static isLeft => isLeft))];
        _wholeSizes = [.. _sizes];
        _left = _wholeMass;
    }

    /// <summary>The values of the densest prefix, mode by mode, ascending.</summary>
    public int[][] Run(CancellationToken cancellation)
    {
        var present = _isLeft.Select(static left => Enumerable.Range(0, left.Length).Where(value => left[value]).ToArray()).ToArray();
        _best = Density(_left, _sizes);
        while (_sizes.Any(static size => size > 0))
        {
            cancellation.ThrowIfCancellationRequested();
            var mode = Choose();
            RemoveAll(mode, Light(mode));
        }

        return [.. present.Select((values, mode) => values.Where(value => _position[mode][value] >= _bestFrom).ToArray())];
    }

    private double Density(double mass, ReadOnlySpan<int> sizes) => _options.Measure.Of(mass, sizes, _wholeMass, _wholeSizes);

    private int Choose() => _options.Policy == DimensionPolicy.Cardinality ? Array.IndexOf(_sizes, _sizes.Max()) : Densest();

    private int Densest()
    {
        var (best, bestDensity) = (-1, double.NegativeInfinity);
        for (var mode = 0; mode < _sizes.Length; mode++)
        {
            if (_sizes[mode] == 0)
            {
                continue;
            }

            var light = Light(mode);
            var sizes = (int[])_sizes.Clone();
            sizes[mode] -= light.Count;
            var density = Density(_left - light.Sum(value => _mass[mode][value]), sizes);
            if (best < 0 || density > bestDensity)
            {
                (best, bestDensity) = (mode, density);
            }
        }

        return best;
    }

    /// <summary>
    /// The values of a mode whose mass is at most the threshold times the average; never none, as the lightest is among them.
    /// </summary>
    private List<int> Light(int mode)
    {
        var (masses, isLeft) = (_mass[mode], _isLeft[mode]);
        var most = _options.MassThreshold * _left / _sizes[mode];
        var (light, lightest) = (new List<int>(), -1);
        for (var value = 0; value < masses.Length; value++)
        {
            if (!isLeft[value])
            {
                continue;
            }

            lightest = lightest < 0 || masses[value] < masses[lightest] ? value : lightest;
            if (masses[value] <= most)
            {
                light.Add(value);
            }
        }

        return light.Count > 0 ? light : [lightest];
    }

    private void RemoveAll(int mode, List<int> light)
    {
        foreach (var value in light.OrderBy(value => _mass[mode][value]).ThenBy(static value => value))
        {
            _left -= _mass[mode][value];
            _sizes[mode]--;
            _isLeft[mode][value] = false;
            _position[mode][value] = _next++;
            if (Density(_left, _sizes) is var density && density > _best)
            {
                (_best, _bestFrom) = (density, _next);
            }
        }

        var kept = new List<int>(_tuples.Count);
        foreach (var tuple in _tuples)
        {
            if (_isLeft[mode][_tensor.Value(tuple, mode)])
            {
                kept.Add(tuple);
                continue;
            }

            for (var other = 0; other < _tensor.Order; other++)
            {
                _mass[other][_tensor.Value(tuple, other)] -= _tensor.Masses[tuple];
            }
        }

        _tuples = kept;
    }
}
