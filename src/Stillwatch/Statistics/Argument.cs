using System.Runtime.CompilerServices;

namespace Stillwatch.Statistics;

/// <summary>Checks of arguments that several methods of this folder share. Every message names the value and what is accepted.</summary>
internal static class Argument
{
    /// <summary>
    /// The largest count that an exact tail accepts: 2^40. Near the mean, a tail takes a number of steps of the order of the square root of
    /// the count, which keeps one evaluation well under a second.
    /// </summary>
    internal const long MaxCount = 1L << 40;

    internal static void ThrowIfNotProbability(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A probability from 0 to 1 is accepted.");
        }
    }

    internal static void ThrowIfNotInsideUnitInterval(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "A number above 0 and below 1 is accepted.");
        }
    }

    internal static void ThrowIfNotPositive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "A positive finite number is accepted.");
        }
    }

    internal static void ThrowIfNotNonNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "A finite number of at least 0 is accepted.");
        }
    }

    /// <summary>Parameters of a prior below 0.01 put its mass where special functions of it lose their digits.</summary>
    internal static void ThrowIfNotPriorParameter(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value is >= 0.01 and <= MaxCount))
        {
            throw new ArgumentOutOfRangeException(name, value, $"A parameter from 0.01 to {MaxCount} is accepted.");
        }
    }

    internal static void ThrowIfNotFinite(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "A finite number is accepted.");
        }
    }

    internal static void ThrowIfNotFinite(ReadOnlySpan<double> values, [CallerArgumentExpression(nameof(values))] string? name = null)
    {
        foreach (var value in values)
        {
            ThrowIfNotFinite(value, name);
        }
    }

    internal static void ThrowIfNotCount(long value, long highest, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (value < 0 || value > highest)
        {
            throw new ArgumentOutOfRangeException(name, value, $"A count from 0 to {highest} is accepted.");
        }
    }

    internal static void ThrowIfUndefined(Alternative value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "Greater, Less and TwoSided are accepted.");
        }
    }

    internal static void ThrowIfEmpty(int length, string name)
    {
        if (length == 0)
        {
            throw new ArgumentException("At least one element is needed; there is none.", name);
        }
    }

    internal static void ThrowIfLengthsDiffer(int left, int right, string name)
    {
        if (left != right)
        {
            throw new ArgumentException($"As many elements as in the other list are needed, which are {left}; there are {right}.", name);
        }
    }
}
