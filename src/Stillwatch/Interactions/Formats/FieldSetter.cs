using System.Buffers.Text;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>Sets fields of the draft from plain values, whatever the format, and notes values that cannot be.</summary>
internal sealed class FieldSetter(RecordContext context)
{
    private const byte Delete = 0x7f;

    /// <summary>2000-01-01: an account may be older than the API, but a zero of some clock is no time.</summary>
    private const long EarliestRegistrationMs = 946_684_800_000;

    /// <summary>Whether a time without an offset is UTC, as in exports of databases.</summary>
    public bool AssumeUtc { get; set; }

    /// <summary>Sets a name; the empty one is absence.</summary>
    public void Name(LogField field, ReadOnlySpan<byte> value)
    {
        context.Draft[field] = null;
        if (value.IsEmpty)
        {
            FaultIfRequired(field, InputFaultReason.Empty);
            return;
        }

        if (field is LogField.Country)
        {
            Country(value);
        }
        else if (field is LogField.Account or LogField.Model && HasControl(value))
        {
            context.Fault(field, InputFaultReason.ControlCharacter, InputFault.Printable(value));
        }
        else
        {
            context.Draft[field] = Bounded(field, value);
        }
    }

    /// <summary>Sets a number in the field's range.</summary>
    public void Number(LogField field, double value)
    {
        context.Draft.SetNumber(field, null);
        if (!field.Admits(value))
        {
            context.Fault(field, InputFaultReason.OutOfRange, $"{value:R}");
        }
        else if (field.Kind() is FieldKind.Integer && value != Math.Truncate(value))
        {
            context.Fault(field, InputFaultReason.WrongType, $"{value:R}, not an integer");
        }
        else
        {
            context.Draft.SetNumber(field, value);
        }
    }

    /// <summary>Sets the time from RFC 3339.</summary>
    public void Time(LogField field, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            context.Fault(field, InputFaultReason.Empty);
        }
        else if (Rfc3339.TryParse(value, AssumeUtc, out var milliseconds))
        {
            Time(field, milliseconds, value);
        }
        else
        {
            context.Fault(field, InputFaultReason.Malformed, $"{InputFault.Printable(value)}, not RFC 3339 with an offset");
        }
    }

    /// <summary>Sets the time if it is not absurd.</summary>
    public void Time(LogField field, long milliseconds, ReadOnlySpan<byte> shown)
    {
        var earliest = field is LogField.Created ? EarliestRegistrationMs : context.EarliestMs;
        if (milliseconds < earliest || milliseconds > context.LatestMs)
        {
            context.Fault(field, InputFaultReason.OutOfRange, InputFault.Printable(shown));
        }
        else
        {
            context.Draft.SetNumber(field, milliseconds);
        }
    }

    /// <summary>Sets the peer's address.</summary>
    public void Address(ReadOnlySpan<byte> value)
    {
        var parsed = ClientAddress.TryParse(value, out var address);
        context.Draft.Address = parsed ? address : null;
        if (!parsed && !value.IsEmpty)
        {
            context.Fault(LogField.Ip, InputFaultReason.Malformed, $"{InputFault.Printable(value)}, not an IPv4 or IPv6 address");
        }
    }

    /// <summary>Sets a number from its decimal form.</summary>
    public void NumberText(LogField field, ReadOnlySpan<byte> value)
    {
        context.Draft.SetNumber(field, null);
        if (Utf8Parser.TryParse(value, out double number, out var consumed) && consumed == value.Length)
        {
            Number(field, number);
        }
        else if (!value.IsEmpty)
        {
            context.Fault(field, InputFaultReason.WrongType, $"{InputFault.Printable(value)}, not a number");
        }
    }

    private void FaultIfRequired(LogField field, InputFaultReason reason)
    {
        if (field.IsRequired())
        {
            context.Fault(field, reason);
        }
    }

    private void Country(ReadOnlySpan<byte> value)
    {
        if (value.Length == 2 && char.IsAsciiLetter((char)value[0]) && char.IsAsciiLetter((char)value[1]))
        {
            context.Draft[LogField.Country] = context.Names.Get([(byte)(value[0] & ~0x20), (byte)(value[1] & ~0x20)]);
        }
        else
        {
            context.Fault(LogField.Country, InputFaultReason.Malformed, $"{InputFault.Printable(value)}, not ISO 3166-1 alpha-2");
        }
    }

    private string? Bounded(LogField field, ReadOnlySpan<byte> value)
    {
        if (field is LogField.Account or LogField.Id)
        {
            var whole = value.Length > AccountId.MaxLength * 3 ? null : context.Names.Get(value);
            if (whole is { Length: <= AccountId.MaxLength })
            {
                return whole;
            }

            context.Fault(field, InputFaultReason.TooLong, $"{value.Length} bytes; accepted are {AccountId.MaxLength} UTF-16 code units");
            return null;
        }

        if (value.Length > context.Options.MaxNameBytes)
        {
            context.Repair(field.Path(), InputFaultReason.TooLong, $"{value.Length} bytes, cut to {context.Options.MaxNameBytes}");
            value = Cut(value, context.Options.MaxNameBytes);
        }

        return context.Names.Get(value);
    }

    /// <summary>At most so many bytes, without cutting a character: continuation bytes are 10xxxxxx.</summary>
    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value, int most)
    {
        while ((value[most] & 0xC0) == 0x80)
        {
            most--;
        }

        return value[..most];
    }

    private static bool HasControl(ReadOnlySpan<byte> value) =>
        value.IndexOfAnyInRange<byte>(0, 0x1f) >= 0 || value.Contains(Delete);
}
