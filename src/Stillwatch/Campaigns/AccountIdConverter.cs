using System.Text.Json;
using System.Text.Json.Serialization;
using Stillwatch.Interactions;

namespace Stillwatch.Campaigns;

internal sealed class AccountIdConverter : JsonConverter<AccountId>
{
    public override AccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && AccountId.TryParse(reader.GetString(), provider: null, out var account)
            ? account
            : throw new JsonException($"an account is a string of 1 to {AccountId.MaxLength} characters");

    public override void Write(Utf8JsonWriter writer, AccountId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
