using System.Diagnostics.CodeAnalysis;

namespace Stillwatch.Store.Engine;

/// <summary>
/// A statement or a part of one. Text comes only from constants of the source; values come in through <see cref="Format"/>, which escapes
/// each by its type, so that no value can become syntax.
/// </summary>
public readonly record struct Sql
{
    private readonly string? _text;

    internal Sql(string text) => _text = text;

    /// <summary>The text as ClickHouse reads it.</summary>
    public string Text => _text ?? string.Empty;

    /// <summary>A constant of the source.</summary>
    public static Sql Of([ConstantExpected] string text) => new(text);

    /// <summary>
    /// The interpolated text: literal parts stand as they are; a number, string, span of bytes or sequence of them becomes a literal;
    /// a <see cref="SqlIdentifier"/> or <see cref="Sql"/> becomes itself.
    /// </summary>
    /// <example><c>Sql.Format($"SELECT count() FROM {table} WHERE account = {account} AND day IN ({days})")</c></example>
    public static Sql Format(SqlFormat format) => format.ToSql();

    /// <summary>The parts with a constant between each two.</summary>
    public static Sql Join([ConstantExpected] string separator, IEnumerable<Sql> parts) =>
        new(string.Join(separator, parts.Select(static part => part.Text)));

    /// <summary>One part after the other, nothing between.</summary>
    public static Sql operator +(Sql left, Sql right) => new(left.Text + right.Text);

    /// <summary>Same as the operator.</summary>
    public static Sql Add(Sql left, Sql right) => left + right;

    /// <inheritdoc cref="Text"/>
    public override string ToString() => Text;
}
