using System.ComponentModel;
using Stillwatch.Architecture.Tests.Sample.Aside;
using Stillwatch.Architecture.Tests.Sample.Late;

namespace Stillwatch.Architecture.Tests.Sample.Early;

// Each names a type of a later folder in one way only; no reference but the one under test.
public sealed class InBase : Thing;

public sealed class InInterface : IThing;

public sealed class InField
{
    private Thing? _thing;

    public void Clear() => _thing = null;

    public override string ToString() => $"{_thing is null}";
}

public sealed class InGenericArgument
{
    public List<Dictionary<string, Thing[]>> Nested { get; } = [];
}

public abstract class InParameter
{
    public abstract void Take(in Thing thing);
}

public sealed class InConstraint
{
    public static T? Make<T>()
        where T : class, IThing => null;
}

public sealed class InAttribute
{
    [Mark]
    public int Value { get; init; }
}

[TypeConverter(typeof(Thing))]
public sealed class InAttributeArgument;

public sealed class InTypeof
{
    public static string Name() => typeof(Thing).Name;
}

public sealed class InStaticCall
{
    public static int Value() => Tool.Use();
}

public sealed class InGenericCall
{
    public static object[] Value() => Array.Empty<Thing>();
}

public sealed class InStaticField
{
    public static int Value() => Tool.Field;
}

public sealed class InLambda
{
    public static Func<int> Value() => static () => Tool.Use();
}

public sealed class InIterator
{
    public static IEnumerable<int> Values()
    {
        yield return Tool.Use();
    }
}

public sealed class InAsync
{
    public static async Task<int> ValueAsync()
    {
        await Task.Yield();
        return Tool.Use();
    }
}

public sealed class InCatch
{
    public static int Value()
    {
        try
        {
            return int.Parse("1", provider: null);
        }
        catch (TroubleException)
        {
            return 0;
        }
    }
}

public sealed class InCast
{
    public static bool Is(object value) => value is Thing;
}

public sealed class InExtensionCall
{
    public static int Value() => "text".Extend();
}

public sealed class InPartialName
{
    public static object Value() => new Late.Thing();
}

public sealed class TooEarly
{
    public Standing? Aside { get; init; }
}
