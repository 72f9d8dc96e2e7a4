using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stillwatch.Architecture.Tests;

public sealed class TypeRulesTests
{
    /// <summary>A kernel may take seven; a constructor of a record takes what the record holds.</summary>
    private const int MaxParameters = 7;

    private static readonly string[] EmptySuffixes =
        ["Helper", "Helpers", "Manager", "Util", "Utils", "Utility", "Utilities", "Service", "Info", "Data", "Base", "Impl"];

    private static readonly IReadOnlyList<Type> Product =
    [
        .. Repository.ProductAssemblies.SelectMany(name => Assembly.Load(name).GetTypes())
            .Where(type => type.Namespace?.StartsWith("Stillwatch", StringComparison.Ordinal) == true && !IsGenerated(type)),
    ];

    [Fact]
    public void Names_OfProductTypes_HaveNoEmptySuffix() =>
        Violations.AssertNone(Product
            .Where(type => EmptySuffixes.Any(suffix => type.Name.Split('`')[0].EndsWith(suffix, StringComparison.Ordinal)))
            .Select(type => $"{type}: the end of the name says nothing."));

    [Fact]
    public void Classes_NobodyDerivesFrom_AreSealed()
    {
        var bases = Product
            .Select(type => type.BaseType is { IsGenericType: true } generic ? generic.GetGenericTypeDefinition() : type.BaseType)
            .ToHashSet();
        Violations.AssertNone(Product
            .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !bases.Contains(type))
            .Select(type => $"{type} is neither sealed nor derived from."));
    }

    [Fact]
    public void Methods_OfTheProduct_TakeFewParameters() =>
        Violations.AssertNone(Product
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters().Length > MaxParameters && !IsGenerated(method) && method.Name != "Deconstruct"
                && !method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            .Select(method => $"{method.DeclaringType}.{method.Name} takes {method.GetParameters().Length} parameters."));

    [Fact]
    public void Namespaces_OfTheProduct_BeginWithTheirAssembly() =>
        Assert.All(Product, type => Assert.StartsWith(type.Assembly.GetName().Name!, type.Namespace, StringComparison.Ordinal));

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || member.Name.Contains('<', StringComparison.Ordinal)
        || (member.DeclaringType is { } outer && IsGenerated(outer));
}
