using System.Text.Json;

namespace Stillwatch.Interactions.Formats;

/// <summary>Reads lines of the accounts file, account.schema.json.</summary>
internal sealed class RegistrationRecordParser : JsonRecordParser<ICollection<AccountRegistration>>
{
    private static readonly MemberTable<LogField> Fields = new(
        ("account", LogField.Account), ("created", LogField.Created), ("organization", LogField.Organization),
        ("email_domain", LogField.EmailDomain), ("payment", LogField.Payment), ("country", LogField.Country),
        ("program", LogField.Program));

    private readonly JsonFieldReader _fields;

    public RegistrationRecordParser(RecordContext context)
        : base(context) => _fields = new(context, lenient: false);

    /// <inheritdoc/>
    protected override void ReadRecord(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, ICollection<AccountRegistration> sink)
    {
        while (JsonValue.ReadName(ref reader))
        {
            var field = Fields.Find(Context.MemberName(ref reader));
            reader.Read();
            _fields.Read(ref reader, field);
        }

        ExpectEnd(ref reader);
        if (Context.BuildRegistration() is { } registration)
        {
            sink.Add(registration);
        }
    }
}
