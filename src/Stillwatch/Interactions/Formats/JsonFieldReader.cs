using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads a value of JSON into a field of the draft, and notes a value of another type.</summary>
internal sealed class JsonFieldReader(RecordContext context)
{
    private readonly JsonContentReader _contents = new(context);

    /// <summary>Sets fields from plain values.</summary>
    public FieldSetter Set { get; } = new(context);

    /// <summary>Whether a number may stand in a string and a flag may be a number, as some exporters write them.</summary>
    public bool Lenient { get; init; }

    /// <summary>What a message calls a value that is none of the expected types.</summary>
    public static string Describe(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };

    /// <summary>Reads the value the reader stands on, to its end. An earlier value of the field is replaced, also by null.</summary>
    public void Read(ref Utf8JsonReader reader, InteractionField field)
    {
        context.Renew(field);
        switch (field.Kind())
        {
            case FieldKind.Messages:
                _contents.ReadMessages(ref reader);
                break;
            case FieldKind.Tools:
                _contents.ReadTools(ref reader);
                break;
            case FieldKind.Text:
                context.Draft.SetText(field, _contents.ReadContent(ref reader));
                break;
            case FieldKind.Name or FieldKind.Address or FieldKind.Time:
                ReadString(ref reader, field);
                break;
            case FieldKind.Integer or FieldKind.Number or FieldKind.Flag:
                ReadNumber(ref reader, field);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadString(ref Utf8JsonReader reader, InteractionField field)
    {
        context.Forget(field);
        if (reader.TokenType is not JsonTokenType.String)
        {
            RefuseUnlessNull(ref reader, field);
            return;
        }

        var value = context.PlainString(ref reader);
        switch (field.Kind())
        {
            case FieldKind.Name:
                Set.Name(field, value);
                break;
            case FieldKind.Address:
                Set.Address(value);
                break;
            default:
                Set.Time(field, value);
                break;
        }
    }

    private void ReadNumber(ref Utf8JsonReader reader, InteractionField field)
    {
        context.Forget(field);
        var flag = field.Kind() is FieldKind.Flag;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when !flag || Lenient:
                Set.Number(field, flag ? Math.Sign(reader.GetDouble()) : Double(ref reader));
                break;
            case JsonTokenType.True or JsonTokenType.False when flag:
                Set.Number(field, reader.TokenType is JsonTokenType.True ? 1 : 0);
                break;
            case JsonTokenType.String when Lenient && !flag:
                Set.NumberText(field, context.PlainString(ref reader));
                break;
            case JsonTokenType.StartObject when field is InteractionField.LogitBias:
                Set.Number(field, CountMembers(ref reader));
                break;
            default:
                RefuseUnlessNull(ref reader, field);
                break;
        }
    }

    private static double Double(ref Utf8JsonReader reader) =>
        reader.TryGetInt32(out var integer) ? integer : reader.TryGetDouble(out var value) ? value : double.NaN;

    /// <summary>The API's form of <c>logit_bias</c> is an object of token and bias; the record keeps how many there are.</summary>
    private static int CountMembers(ref Utf8JsonReader reader)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            count++;
            reader.Skip();
        }

        return count;
    }

    private void RefuseUnlessNull(ref Utf8JsonReader reader, InteractionField field)
    {
        if (reader.TokenType is not JsonTokenType.Null)
        {
            context.Fault(field, InputFaultReason.WrongType, Describe(reader.TokenType));
            reader.Skip();
        }
    }
}
