using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace Stillwatch.Architecture.Tests;

/// <summary>Reads the code of a method as far as needed to find the metadata tokens in it (ECMA-335 III).</summary>
internal static class IntermediateLanguage
{
    private const byte TwoByteOpcode = 0xFE;

    private static readonly FrozenDictionary<short, OpCode> Opcodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToFrozenDictionary(opcode => opcode.Value);

    /// <summary>Tokens of types, methods, fields and signatures, in the order of the code.</summary>
    public static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var opcode = code[at] == TwoByteOpcode ? Opcodes[unchecked((short)((TwoByteOpcode << 8) | code[at + 1]))] : Opcodes[code[at]];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField
                or OperandType.InlineTok or OperandType.InlineSig)
            {
                yield return BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at));
            }

            at += OperandSize(opcode.OperandType, code.AsSpan(at));
        }
    }

    private static int OperandSize(OperandType kind, ReadOnlySpan<byte> operand) => kind switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(operand)),
        _ => 4,
    };
}
