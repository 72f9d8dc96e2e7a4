namespace Stillwatch.Benchmarks.Detection.Commands;

/// <summary>The arguments of a command: options that take a value, and the rest.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, List<string>> _options = [];
    private readonly List<string> _rest = [];

    /// <param name="arguments">As given.</param>
    /// <param name="options">The options that there are; each takes a value and may be given again.</param>
    /// <exception cref="UnusableException">An option is unknown or lacks its value.</exception>
    public CommandArguments(IReadOnlyList<string> arguments, params string[] options)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                _rest.Add(arguments[i]);
                continue;
            }

            if (!options.Contains(arguments[i]))
            {
                throw new UnusableException($"There is no option {arguments[i]}; there are {string.Join(", ", options)}.");
            }

            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new UnusableException($"{arguments[i]} needs a value.");
            (_options.TryGetValue(arguments[i], out var values) ? values : _options[arguments[i]] = []).Add(value);
            i++;
        }
    }

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Rest => _rest;

    /// <summary>All values of an option.</summary>
    public IReadOnlyList<string> All(string option) => _options.GetValueOrDefault(option) ?? [];

    /// <summary>The value of an option; null if it is not given.</summary>
    /// <exception cref="UnusableException">It is given more than once.</exception>
    public string? Single(string option) => All(option) switch
    {
        [] => null,
        [var value] => value,
        _ => throw new UnusableException($"{option} is given more than once."),
    };
}
