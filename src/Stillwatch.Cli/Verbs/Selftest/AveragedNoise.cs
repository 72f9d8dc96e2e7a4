using System.Globalization;
using Stillwatch.Provenance.Extraction;
using Stillwatch.Provenance.Laboratory;
using Stillwatch.Statistics;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>
/// How far log-probabilities are off, relative to the likeliest token's, once an attacker has averaged them over many requests.
/// </summary>
/// <param name="Repeated">Root mean square in nats, of the average over <see cref="Repetitions"/> repetitions of one request.</param>
/// <param name="Reworded">The same of averages over so many rewordings, fewest first.</param>
internal sealed record AveragedNoise(double Repeated, IReadOnlyList<(int Rewordings, double Error)> Reworded)
{
    /// <summary>How often one request is repeated.</summary>
    public const int Repetitions = 8;

    private const int Prompts = 64;
    private const int Top = 10;
    private const int PrefixWords = 4;
    private const double LittleError = 0.1;

    private static readonly int[] Rewordings = [1, 4, 16, 64];
    private static readonly Dictionary<int, double> NoBias = [];

    /// <summary>Whether so little is left that it protects nothing.</summary>
    public bool IsAveragedAway => Math.Min(Repeated, Reworded[^1].Error) < LittleError;

    /// <summary>
    /// Measures it. A prompt is reworded by words so far before the end that the model does not see them: its state is exactly the
    /// same, which is the most that an attacker can hope for.
    /// </summary>
    public static async Task<AveragedNoise> MeasureAsync(
        ICompletionApi exact, ICompletionApi perturbed, int vocabulary, ulong seed, Action<int> progress, CancellationToken cancellation)
    {
        var random = new SeededGenerator(seed);
        var repeated = new List<double>();
        var reworded = Rewordings.Select(static _ => new List<double>()).ToList();
        for (var i = 0; i < Prompts; i++)
        {
            var prompt = Words(ref random, FinalLayerModel.Window, vocabulary);
            var truth = (await exact.CompleteAsync(prompt, NoBias, Top, 1, cancellation))[0].Top;
            var same = await Task.WhenAll(Enumerable.Range(0, Repetitions).Select(_ => AskAsync(prompt)));
            repeated.AddRange(Errors(same));
            var texts = new List<string>();
            while (texts.Count < Rewordings[^1])
            {
                texts.Add($"{Words(ref random, PrefixWords, vocabulary)} {prompt}");
            }

            var said = await Task.WhenAll(texts.Select(AskAsync));
            for (var k = 0; k < Rewordings.Length; k++)
            {
                reworded[k].AddRange(Errors(said[..Rewordings[k]]));
            }

            progress(i + 1);

            async Task<Dictionary<int, double>> AskAsync(string text) => (await perturbed.CompleteAsync(text, NoBias, Top, 1, cancellation))
                .SelectMany(static one => one.Top).ToDictionary(static one => one.Token, static one => one.Logprob);

            IEnumerable<double> Errors(Dictionary<int, double>[] replies) => truth.Skip(1).Select(one =>
                replies.Average(reply => Of(reply, one.Token) - Of(reply, truth[0].Token)) - (one.Logprob - truth[0].Logprob));
        }

        return new(Rms(repeated), [.. Rewordings.Zip(reworded.Select(Rms))]);
    }

    private static double Of(Dictionary<int, double> reply, int token) => reply.GetValueOrDefault(token, double.NaN);

    private static double Rms(List<double> errors) => Math.Sqrt(errors.Where(double.IsFinite).Average(static error => error * error));

    private static string Words(ref SeededGenerator random, int count, int vocabulary)
    {
        var words = new string[count];
        for (var i = 0; i < count; i++)
        {
            words[i] = string.Create(CultureInfo.InvariantCulture, $"w{random.Next(vocabulary)}");
        }

        return string.Join(' ', words);
    }
}
