using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;

namespace Stillwatch.Store.Engine;

/// <summary>
/// Collects an interpolated string for <see cref="Sql.Format"/>. A type without an overload here does not compile, so that no value is
/// written by a conversion nobody thought of.
/// </summary>
[InterpolatedStringHandler]
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct SqlFormat
{
    private readonly StringBuilder _text;

    /// <param name="literalLength">Characters of the constant parts.</param>
    /// <param name="formattedCount">How many values follow.</param>
    public SqlFormat(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>A constant part.</summary>
    public readonly void AppendLiteral(string value) => _text.Append(value);

    /// <summary>A name.</summary>
    public readonly void AppendFormatted(SqlIdentifier value) => _text.Append(value.ToString());

    /// <summary>A part made before.</summary>
    public readonly void AppendFormatted(Sql value) => _text.Append(value.Text);

    /// <summary>A type, as a table definition has it.</summary>
    public readonly void AppendFormatted(ColumnType value) => _text.Append(value.ToString());

    /// <summary>A signed number.</summary>
    public readonly void AppendFormatted(long value) => SqlLiteral.Append(_text, value);

    /// <summary>A signed number.</summary>
    public readonly void AppendFormatted(int value) => SqlLiteral.Append(_text, value);

    /// <summary>An unsigned number.</summary>
    public readonly void AppendFormatted(ulong value) => SqlLiteral.Append(_text, value);

    /// <summary>An unsigned number.</summary>
    public readonly void AppendFormatted(uint value) => SqlLiteral.Append(_text, value);

    /// <summary>A number, or nan, inf, -inf; reads back as the same bits but for the sign of zero and the payload of a NaN.</summary>
    public readonly void AppendFormatted(double value) => SqlLiteral.Append(_text, value);

    /// <summary>1 or 0.</summary>
    public readonly void AppendFormatted(bool value) => _text.Append(value ? '1' : '0');

    /// <summary>A string; unpaired surrogates become U+FFFD, as everywhere where text becomes UTF-8.</summary>
    public readonly void AppendFormatted(string value) => SqlLiteral.Append(_text, value);

    /// <summary>A string of any bytes.</summary>
    public readonly void AppendFormatted(ReadOnlySpan<byte> value) => SqlLiteral.Append(_text, value);

    /// <summary>A string of any bytes.</summary>
    public readonly void AppendFormatted(byte[] value) => SqlLiteral.Append(_text, value);

    /// <summary>Numbers with commas between; the parentheses are the caller's.</summary>
    /// <exception cref="ArgumentException">There is none: ClickHouse has no empty list.</exception>
    public readonly void AppendFormatted(IEnumerable<ulong> values) => AppendList(values, SqlLiteral.Append);

    /// <inheritdoc cref="AppendFormatted(IEnumerable{ulong})"/>
    public readonly void AppendFormatted(IEnumerable<long> values) => AppendList(values, SqlLiteral.Append);

    /// <summary>Strings with commas between; the parentheses are the caller's.</summary>
    /// <inheritdoc cref="AppendFormatted(IEnumerable{ulong})" path="/exception"/>
    public readonly void AppendFormatted(IEnumerable<string> values) => AppendList(values, SqlLiteral.Append);

    /// <summary>Names with commas between.</summary>
    /// <inheritdoc cref="AppendFormatted(IEnumerable{ulong})" path="/exception"/>
    public readonly void AppendFormatted(IEnumerable<SqlIdentifier> values) =>
        AppendList(values, static (text, name) => text.Append(name.ToString()));

    internal readonly Sql ToSql() => new(_text.ToString());

    private readonly void AppendList<T>(IEnumerable<T> values, Action<StringBuilder, T> append)
    {
        var before = _text.Length;
        foreach (var value in values)
        {
            _text.Append(_text.Length == before ? string.Empty : ", ");
            append(_text, value);
        }

        if (_text.Length == before)
        {
            throw new ArgumentException("A list in a statement needs at least one value; leave the condition out instead.", nameof(values));
        }
    }
}
