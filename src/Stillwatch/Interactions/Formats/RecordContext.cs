using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// What the readers of one record share: where it stands, what was read of it, what was wrong with it. One a parser thread.
/// </summary>
internal sealed class RecordContext
{
    /// <summary>So that a record of faults only cannot make the counting of faults the work.</summary>
    private const int MaxRepairs = 16;

    /// <summary>Roles and tools have short names; what is longer is none.</summary>
    private const int MaxShortName = 256;

    private readonly InputFaults _faults;
    private readonly TimeProvider _time;
    private readonly List<InputFault> _repairs = [];
    private readonly InputFault?[] _required = new InputFault?[LogFields.Count];
    private InputFile? _file;

    public RecordContext(ReaderOptions options, InputFaults faults, TimeProvider time) =>
        (Options, _faults, _time, EarliestMs) = (options, faults, time, options.Earliest.ToUnixTimeMilliseconds());

    /// <summary>The bounds.</summary>
    public ReaderOptions Options { get; }

    /// <summary>Strings that come again.</summary>
    public Utf8StringCache Names { get; } = new();

    /// <summary>The texts of the record being read.</summary>
    public TextScratch Texts { get; } = new();

    /// <summary>The members of the record being read.</summary>
    public RecordDraft Draft { get; } = new();

    /// <summary>Where the record being read stands.</summary>
    public RecordPosition Position { get; private set; }

    /// <summary>The earliest time that is not absurd, in Unix milliseconds.</summary>
    public long EarliestMs { get; }

    /// <summary>The latest time that is not absurd, in Unix milliseconds.</summary>
    public long LatestMs { get; private set; }

    /// <summary>Begins the records of an input.</summary>
    public void BeginInput(InputFile file)
    {
        _file = file;
        LatestMs = (_time.GetUtcNow() + Options.MaxAhead).ToUnixTimeMilliseconds();
    }

    /// <summary>Begins a record.</summary>
    /// <param name="position">Where it stands.</param>
    /// <param name="length">No text of it is longer, nor all together.</param>
    public void Begin(RecordPosition position, int length)
    {
        Position = position;
        Texts.Begin(length);
        Draft.Clear();
        Array.Clear(_required);
        _repairs.Clear();
    }

    /// <summary>Counts the record as none.</summary>
    public void Reject(InputFaultReason reason, string? detail = null, string member = "") =>
        _faults.Reject(new(_file!.Name, Position, member, reason, detail));

    /// <summary>Counts what stands at a place as no record.</summary>
    public void RejectAt(RecordPosition position, InputFaultReason reason, string? detail)
    {
        Position = position;
        Reject(reason, detail);
    }

    /// <summary>
    /// Notes what is wrong with a field: a required one rejects the record in the end unless it comes again; any other is dropped.
    /// </summary>
    public void Fault(LogField field, InputFaultReason reason, string? detail = null)
    {
        if (field.IsRequired())
        {
            _required[(int)field] = new(_file!.Name, Position, field.Path(), reason, detail);
        }
        else
        {
            Repair(field.Path(), reason, detail);
        }
    }

    /// <summary>Notes that a member was dropped or cut.</summary>
    public void Repair(string member, InputFaultReason reason, string? detail = null)
    {
        if (_repairs.Count < MaxRepairs)
        {
            _repairs.Add(new(_file!.Name, Position, member, reason, detail));
        }
    }

    /// <summary>Forgets what was wrong with a required field: it comes again.</summary>
    public void Renew(LogField field) => _required[(int)field] = null;

    /// <summary>Forgets a name, number, time or address: another value of the field comes.</summary>
    public void Forget(LogField field) => Draft.Clear(field, field);

    /// <summary>The plain form of the member name the reader stands on, valid until the next text is kept.</summary>
    public ReadOnlySpan<byte> MemberName(ref Utf8JsonReader reader) => PlainString(ref reader);

    /// <summary>The plain form of the string the reader stands on, valid until the next text is kept.</summary>
    public ReadOnlySpan<byte> PlainString(ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? Texts.Unescape(reader.ValueSpan) : reader.ValueSpan;

    /// <summary>The name of a role or tool; null, and noted, if it is too long for one.</summary>
    public string? ShortName(ReadOnlySpan<byte> name, string member)
    {
        if (name.Length <= MaxShortName)
        {
            return Names.Get(name);
        }

        Repair(member, InputFaultReason.TooLong, $"{name.Length} bytes; accepted are {MaxShortName}");
        return null;
    }

    /// <summary>Notes that not all tools were kept.</summary>
    /// <param name="count">How many there were.</param>
    public void NoteTools(int count)
    {
        if (count > Options.MaxTools)
        {
            Repair(LogField.Tools.Path(), InputFaultReason.TooLong, $"{count} tools, the first {Options.MaxTools} kept");
        }
    }

    /// <summary>The interaction that was read, or null if it is rejected.</summary>
    /// <param name="record">Its bytes, from which an id is derived if it has none.</param>
    public Interaction? BuildInteraction(ReadOnlySpan<byte> record) =>
        Settle(FirstRequiredFault()) ? Draft.Build(Draft[LogField.Id] ?? DeriveId(record), Texts.Detach()) : null;

    /// <summary>The registration that was read, or null if it is rejected.</summary>
    public AccountRegistration? BuildRegistration() =>
        Settle(RequiredFault(LogField.Account, Draft[LogField.Account] is null)) ? Draft.BuildRegistration() : null;

    /// <summary>Counts what was wrong with the record: that it is none, or what was dropped of it.</summary>
    private bool Settle(InputFault? fault)
    {
        if (fault is not null)
        {
            _faults.Reject(fault);
            return false;
        }

        foreach (var repair in _repairs)
        {
            _faults.Repair(repair);
        }

        return true;
    }

    private InputFault? FirstRequiredFault() =>
        RequiredFault(LogField.Time, Draft.Number(LogField.Time) is null)
        ?? RequiredFault(LogField.Account, Draft[LogField.Account] is null)
        ?? RequiredFault(LogField.Model, Draft[LogField.Model] is null);

    private InputFault? RequiredFault(LogField field, bool absent)
    {
        if (_required[(int)field] is null && absent)
        {
            Fault(field, InputFaultReason.Missing);
        }

        return _required[(int)field];
    }

    /// <summary>
    /// 128 bits of SHA-256 over the record's bytes, its line and its part, in hexadecimal: the same after renaming or compressing the
    /// file, different for equal records on two lines.
    /// </summary>
    private string DeriveId(ReadOnlySpan<byte> record)
    {
        Span<byte> material = stackalloc byte[SHA256.HashSizeInBytes + sizeof(long) + sizeof(int)];
        SHA256.HashData(record, material);
        BinaryPrimitives.WriteInt64LittleEndian(material[SHA256.HashSizeInBytes..], Position.Line);
        BinaryPrimitives.WriteInt32LittleEndian(material[(SHA256.HashSizeInBytes + sizeof(long))..], Position.Part);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(material, hash);
        return Convert.ToHexStringLower(hash[..16]);
    }
}
