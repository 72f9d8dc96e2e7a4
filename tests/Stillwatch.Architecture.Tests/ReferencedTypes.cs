using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Stillwatch.Architecture.Tests;

/// <summary>Gathers the type definitions that handles, tokens and signatures name, whatever they are wrapped in.</summary>
internal sealed class ReferencedTypes(MetadataReader metadata) : ISignatureTypeProvider<int, object?>
{
    public HashSet<TypeDefinitionHandle> Definitions { get; } = [];

    public void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Definitions.Add((TypeDefinitionHandle)handle);
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, genericContext: null);
                break;
            case HandleKind.StandaloneSignature:
                AddStandalone(metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle));
                break;
            default:
                AddMember(handle);
                break;
        }
    }

    public void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            Add(attribute.Constructor);
            AddNames(metadata.GetBlobReader(attribute.Value));
        }
    }

    public void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
        {
            Add(metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        Definitions.Add(handle);
        return 0;
    }

    public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;

    public int GetArrayType(int elementType, ArrayShape shape) => 0;

    public int GetByReferenceType(int elementType) => 0;

    public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

    public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

    public int GetGenericMethodParameter(object? genericContext, int index) => 0;

    public int GetGenericTypeParameter(object? genericContext, int index) => 0;

    public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

    public int GetPinnedType(int elementType) => 0;

    public int GetPointerType(int elementType) => 0;

    public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

    public int GetSZArrayType(int elementType) => 0;

    private void AddMember(EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodDefinition:
                var method = metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                Definitions.Add(method.GetDeclaringType());
                method.DecodeSignature(this, genericContext: null);
                break;
            case HandleKind.FieldDefinition:
                var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                Definitions.Add(field.GetDeclaringType());
                field.DecodeSignature(this, genericContext: null);
                break;
            case HandleKind.MemberReference:
                AddReference(metadata.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodSpecification:
                var specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(specification.Method);
                specification.DecodeSignature(this, genericContext: null);
                break;
            default:
                break;
        }
    }

    private void AddReference(MemberReference member)
    {
        Add(member.Parent);
        if (member.GetKind() == MemberReferenceKind.Method)
        {
            member.DecodeMethodSignature(this, genericContext: null);
        }
        else
        {
            member.DecodeFieldSignature(this, genericContext: null);
        }
    }

    private void AddStandalone(StandaloneSignature signature)
    {
        if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
        {
            signature.DecodeLocalSignature(this, genericContext: null);
        }
        else
        {
            signature.DecodeMethodSignature(this, genericContext: null);
        }
    }

    /// <summary>A type in an attribute's argument is stored by name (ECMA-335 II.23.3), so the names are looked for in the bytes.</summary>
    private void AddNames(BlobReader value)
    {
        var text = System.Text.Encoding.UTF8.GetString(value.ReadBytes(value.Length));
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
            if (!type.Namespace.IsNil && text.Contains(name, StringComparison.Ordinal))
            {
                Definitions.Add(handle);
            }
        }
    }
}
