using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads a value of JSON into a field of the draft, and notes a value of another type.</summary>
internal sealed class JsonFieldReader
{
    private readonly RecordContext _context;
    private readonly JsonContentReader _contents;
    private readonly FieldSetter _set;
    private readonly TextFieldReader? _texts;

    /// <param name="context">The record being read.</param>
    /// <param name="lenient">
    /// Whether a value may stand in a string as in a table's cell, a time or name may be a number, and a flag too, as other
    /// systems write them.
    /// </param>
    public JsonFieldReader(RecordContext context, bool lenient)
    {
        _context = context;
        _contents = new(context);
        _set = new(context);
        _texts = lenient ? new(context) : null;
    }

    /// <summary>Reads the value the reader stands on, to its end. An earlier value of the field is replaced, also by null.</summary>
    public void Read(ref Utf8JsonReader reader, LogField field)
    {
        if (_texts is not null && IsText(reader.TokenType, field.Kind()))
        {
            _texts.Read(_context.PlainString(ref reader), field);
            return;
        }

        _context.Renew(field);
        switch (field.Kind())
        {
            case FieldKind.Messages:
                _contents.ReadMessages(ref reader);
                break;
            case FieldKind.Tools:
                _contents.ReadTools(ref reader);
                break;
            case FieldKind.Text:
                _context.Draft.SetText(field, _contents.ReadContent(ref reader));
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

    /// <summary>Whether a lenient reader takes the value as a table's cell.</summary>
    private static bool IsText(JsonTokenType type, FieldKind kind) => type switch
    {
        JsonTokenType.String => kind is not (FieldKind.Text or FieldKind.None),
        JsonTokenType.Number => kind is FieldKind.Name or FieldKind.Time,
        _ => false,
    };

    private void ReadString(ref Utf8JsonReader reader, LogField field)
    {
        _context.Forget(field);
        if (reader.TokenType is not JsonTokenType.String)
        {
            RefuseUnlessNull(ref reader, field);
            return;
        }

        var value = _context.PlainString(ref reader);
        switch (field.Kind())
        {
            case FieldKind.Name:
                _set.Name(field, value);
                break;
            case FieldKind.Address:
                _set.Address(value);
                break;
            default:
                _set.Time(field, value);
                break;
        }
    }

    private void ReadNumber(ref Utf8JsonReader reader, LogField field)
    {
        _context.Forget(field);
        var flag = field.Kind() is FieldKind.Flag;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when !flag || _texts is not null:
                _set.Number(field, flag ? Math.Sign(reader.GetDouble()) : Double(ref reader));
                break;
            case JsonTokenType.True or JsonTokenType.False when flag:
                _set.Number(field, reader.TokenType is JsonTokenType.True ? 1 : 0);
                break;
            case JsonTokenType.StartObject when field is LogField.LogitBias:
                _set.Number(field, CountMembers(ref reader));
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
        while (JsonValue.ReadName(ref reader))
        {
            count++;
            reader.Skip();
        }

        return count;
    }

    private void RefuseUnlessNull(ref Utf8JsonReader reader, LogField field)
    {
        if (reader.TokenType is not JsonTokenType.Null)
        {
            _context.Fault(field, InputFaultReason.WrongType, JsonValue.Describe(reader.TokenType));
            reader.Skip();
        }
    }
}
