using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Stillwatch.Architecture.Tests;

/// <summary>
/// Which types of one assembly name which others of the same assembly, read from its metadata: bases, interfaces, fields, signatures,
/// properties, events, constraints, attributes, locals, caught exceptions and every token in the code of its methods.
/// </summary>
/// <remarks>Constants are copied by the compiler and leave no trace here; a constant of a later folder goes unseen.</remarks>
internal sealed class TypeReferenceGraph : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;

    public TypeReferenceGraph(string assemblyPath)
    {
        _file = new(File.OpenRead(assemblyPath));
        _metadata = _file.GetMetadataReader();
    }

    /// <summary>Every pair of a type and a type it names, by full name; nested types count as their outermost type.</summary>
    public IEnumerable<(string From, string To)> References()
    {
        foreach (var type in _metadata.TypeDefinitions)
        {
            var named = new ReferencedTypes(_metadata);
            Collect(_metadata.GetTypeDefinition(type), named);
            var from = OutermostName(type);
            foreach (var to in named.Definitions.Select(OutermostName).Distinct().Where(to => to != from))
            {
                yield return (from, to);
            }
        }
    }

    /// <summary>Full names of all outermost types.</summary>
    public IEnumerable<string> Types() => _metadata.TypeDefinitions.Select(OutermostName).Distinct();

    public void Dispose() => _file.Dispose();

    private void Collect(TypeDefinition type, ReferencedTypes named)
    {
        named.Add(type.BaseType);
        named.AddAttributes(type.GetCustomAttributes());
        named.AddConstraints(type.GetGenericParameters());
        foreach (var implementation in type.GetInterfaceImplementations())
        {
            named.Add(_metadata.GetInterfaceImplementation(implementation).Interface);
        }

        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            field.DecodeSignature(named, genericContext: null);
            named.AddAttributes(field.GetCustomAttributes());
        }

        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            property.DecodeSignature(named, genericContext: null);
            named.AddAttributes(property.GetCustomAttributes());
        }

        foreach (var @event in type.GetEvents().Select(_metadata.GetEventDefinition))
        {
            named.Add(@event.Type);
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            CollectMethod(method, named);
        }
    }

    private void CollectMethod(MethodDefinition method, ReferencedTypes named)
    {
        method.DecodeSignature(named, genericContext: null);
        named.AddAttributes(method.GetCustomAttributes());
        named.AddConstraints(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters())
        {
            named.AddAttributes(_metadata.GetParameter(parameter).GetCustomAttributes());
        }

        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        named.Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            named.Add(region.CatchType);
        }

        foreach (var token in IntermediateLanguage.Tokens(body.GetILBytes()!))
        {
            named.Add(MetadataTokens.EntityHandle(token));
        }
    }

    private string OutermostName(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = _metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
    }
}
