using System.Globalization;
using System.Text;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Responses;

/// <summary>Puts noise on the log-probabilities of one reply; every other byte stays as it is. Used by one thread at a time.</summary>
/// <remarks>
/// A position's noise depends on the text before it: the prompt and the tokens that the reply gave so far. So two choices, or two
/// requests, that come to the same text say the same of it. Memory: a digest for each choice of a stream, bounded.
/// </remarks>
/// <param name="noise">The noise.</param>
/// <param name="prompt">The text before the reply.</param>
internal sealed class ReplyPerturbation(LogprobNoise noise, LogprobContext prompt)
{
    /// <summary>Nobody offers more choices than 128; a reply of more is not passed on.</summary>
    private const int MaxOpen = 256;

    private const int Decimals = 7;

    private readonly Dictionary<(int, int), LogprobContext> _open = [];

    /// <summary>Changes a whole reply, or the data of an event.</summary>
    /// <param name="data">As it came.</param>
    /// <param name="isEvent">Whether it is an event; one that has no object in it, such as <c>[DONE]</c>, says nothing.</param>
    /// <param name="edited">With other values; null if nothing changes.</param>
    /// <returns>False where it cannot be read.</returns>
    public bool TryEdit(ReadOnlySpan<byte> data, bool isEvent, out byte[]? edited)
    {
        edited = null;
        if (isEvent && data.IndexOf((byte)'{') < 0)
        {
            return true;
        }

        if (!LogprobReader.TryRead(data, out var reader))
        {
            return false;
        }

        var changes = new List<(int Start, int Length, double Value)>();
        foreach (var sequence in reader.Sequences)
        {
            var goesOn = isEvent && reader.Type is null or "response.output_text.delta";
            var context = prompt;
            if (goesOn && !TryOpen(reader.Type is null ? (sequence.Choice.Index, 0) : reader.About, out context))
            {
                return false;
            }

            Perturb(sequence, goesOn ? context! : prompt.Duplicate(), changes);
        }

        var edits = new JsonEdits();
        foreach (var (start, length, value) in changes.OrderBy(static change => change.Start))
        {
            edits.Replace(start, start + length, Encoding.ASCII.GetBytes(Written(value)));
        }

        edited = edits.Any ? edits.Apply(data) : null;
        return true;
    }

    private bool TryOpen((int, int) slot, out LogprobContext? context)
    {
        if (!_open.TryGetValue(slot, out context))
        {
            if (_open.Count == MaxOpen)
            {
                return false;
            }

            _open[slot] = context = prompt.Duplicate();
        }

        return true;
    }

    private void Perturb(LogprobSequence sequence, LogprobContext context, List<(int, int, double)> changes)
    {
        var tokens = new List<string>();
        var numbers = new List<NumberInJson>();
        foreach (var position in sequence.Positions)
        {
            tokens.Clear();
            numbers.Clear();
            foreach (var (token, number) in position.Others.Append((position.Token, position.Own)))
            {
                if (number.Length > 0)
                {
                    tokens.Add(token);
                    numbers.Add(number);
                }
            }

            var values = numbers.Select(static number => number.Value).ToArray();
            noise.Apply(context.State(), tokens, values);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] != numbers[i].Value)
                {
                    changes.Add((numbers[i].Start, numbers[i].Length, values[i]));
                }
            }

            context.Append(position.Token);
        }
    }

    /// <summary>As many digits as model servers give, never in exponent form.</summary>
    private static string Written(double value) =>
        (Math.Round(value, Decimals) + 0.0).ToString("0.0######", CultureInfo.InvariantCulture);
}
