namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>An operator who knows the detector and looks for the cheapest choice that it misses, axis by axis.</summary>
/// <remarks>
/// A coordinate search: what it finds is locally cheapest (no single axis can be lowered without being caught), hence an upper bound of
/// what evasion costs. Every measured point is kept for the curve.
/// </remarks>
/// <param name="axes">The axes.</param>
/// <param name="multiples">What a choice takes, as multiples of the plain campaign.</param>
/// <param name="measure">The share of accounts caught with a choice.</param>
internal sealed class AttackSearch(
    IReadOnlyList<AttackAxis> axes, Func<IReadOnlyList<int>, AttackResources> multiples, Func<IReadOnlyList<int>, Task<double>> measure)
{
    private readonly Dictionary<string, AttackPoint> _points = [];

    /// <summary>Every point that was measured, in that order.</summary>
    public IEnumerable<AttackPoint> Points => _points.Values;

    /// <summary>The plain choice.</summary>
    public int[] Plain => new int[axes.Count];

    /// <summary>Every axis at its top that costs nothing, the others at 0.</summary>
    public int[] Free => [.. axes.Select((axis, index) => IsFree(index) ? axis.Top : 0)];

    /// <summary>Measures a choice, once.</summary>
    public async Task<AttackPoint> AtAsync(IReadOnlyList<int> levels)
    {
        var key = string.Join(',', levels);
        if (!_points.TryGetValue(key, out var point))
        {
            _points.Add(key, point = new([.. levels], await measure(levels), multiples(levels)));
        }

        return point;
    }

    /// <summary>Every axis turned alone from a choice, up to its top.</summary>
    public async Task<IReadOnlyList<(AttackAxis Axis, IReadOnlyList<AttackPoint> Points)>> CurvesAsync(IReadOnlyList<int> from)
    {
        var curves = new List<(AttackAxis, IReadOnlyList<AttackPoint>)>();
        for (var axis = 0; axis < axes.Count; axis++)
        {
            var points = new List<AttackPoint>();
            for (var level = from[axis]; level <= axes[axis].Top; level++)
            {
                points.Add(await AtAsync(With(from, axis, level)));
            }

            curves.Add((axes[axis], points));
        }

        return curves;
    }

    /// <summary>
    /// The cheapest missed point of all that were measured, of equally cheap ones that with the least turned: where the free axes alone are
    /// not enough, one costly axis after the other on top of them, and a descent from all tops, are measured first. Null if none is missed.
    /// </summary>
    public async Task<AttackPoint?> CheapestMissedAsync()
    {
        if (!(await AtAsync(Free)).IsMissed)
        {
            await AscendAsync();
            await DescendAsync();
        }

        return Points.Where(static point => point.IsMissed)
            .OrderBy(static point => point.Cost).ThenBy(static point => point.Levels.Sum()).FirstOrDefault();
    }

    /// <summary>On top of the free axes, turns each costly axis alone until it is missed.</summary>
    private async Task AscendAsync()
    {
        foreach (var axis in Costly())
        {
            var caught = true;
            for (var level = 1; caught && level <= axes[axis].Top; level++)
            {
                caught = !(await AtAsync(With(Free, axis, level))).IsMissed;
            }
        }
    }

    /// <summary>From all tops, lowers the axis that saves most to the lowest level that is missed, until none can be lowered.</summary>
    private async Task DescendAsync()
    {
        var current = axes.Select(static axis => axis.Top).ToArray();
        if (!(await AtAsync(current)).IsMissed)
        {
            return;
        }

        for (var lowered = true; lowered;)
        {
            lowered = false;
            foreach (var axis in Costly().OrderBy(axis => multiples(With(current, axis, 0)).Greatest).ToArray())
            {
                for (var level = 0; level < current[axis]; level++)
                {
                    if ((await AtAsync(With(current, axis, level))).IsMissed)
                    {
                        (current, lowered) = (With(current, axis, level), true);
                    }
                }
            }
        }
    }

    private IEnumerable<int> Costly() => Enumerable.Range(0, axes.Count).Where(axis => !IsFree(axis));

    private bool IsFree(int axis) => multiples(With(Plain, axis, axes[axis].Top)).Greatest <= multiples(Plain).Greatest * (1 + 1e-9);

    private static int[] With(IReadOnlyList<int> levels, int axis, int level)
    {
        int[] changed = [.. levels];
        changed[axis] = level;
        return changed;
    }
}
