using System.Text.RegularExpressions;

namespace Stillwatch.Store.Engine;

/// <summary>A checked name of a database, table, column or setting; written between backticks, so that no keyword clashes.</summary>
public readonly partial record struct SqlIdentifier
{
    /// <summary>
    /// The longest accepted name in characters: ClickHouse makes file names of names, and a file name has at most 255 bytes.
    /// </summary>
    public const int MaxLength = 128;

    private readonly string? _name;
    private readonly string? _qualifier;

    private SqlIdentifier(string name, string? qualifier) => (_name, _qualifier) = (name, qualifier);

    /// <summary>The name without qualifier and quotes.</summary>
    public string Name => _name ?? throw new InvalidOperationException("The identifier is empty; make one with SqlIdentifier.Of.");

    /// <summary>A name of letters, digits and underscores of ASCII that does not begin with a digit.</summary>
    /// <exception cref="ArgumentException">The name has other characters, is empty, or is longer than <see cref="MaxLength"/>.</exception>
    public static SqlIdentifier Of(string name) => new(Checked(name), null);

    /// <summary>A name inside another: a table of a database, or a column of a table.</summary>
    /// <inheritdoc cref="Of(string)" path="/exception"/>
    public static SqlIdentifier Of(string qualifier, string name) => new(Checked(name), Checked(qualifier));

    /// <summary>Whether <see cref="Of(string)"/> accepts the name.</summary>
    public static bool IsValid(string? name) => name is { Length: > 0 and <= MaxLength } && Accepted().IsMatch(name);

    /// <summary>The identifier as it stands in a statement.</summary>
    public override string ToString() => _qualifier is null ? $"`{Name}`" : $"`{_qualifier}`.`{Name}`";

    private static string Checked(string name) => IsValid(name)
        ? name
        : throw new ArgumentException(
            $"'{name}' is no accepted name: 1 to {MaxLength} of A-Z a-z 0-9 _, not beginning with a digit.", nameof(name));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Accepted();
}
