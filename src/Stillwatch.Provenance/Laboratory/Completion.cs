using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>Completes a text by a model, token by token.</summary>
/// <remarks>Bias is added to the logits, and probabilities are those with it, before the temperature: as OpenAI had it.</remarks>
internal static class Completion
{
    /// <summary>What servers say of a token that cannot come; JSON has no infinity.</summary>
    private const double Impossible = -9999;

    /// <summary>The tokens of one choice, as they come.</summary>
    public static IEnumerable<CompletionPosition> Positions(LaboratoryModel served, CompletionCall call, int choice)
    {
        var (context, model) = (served.Read(call.Text), served.Model);
        var random = new SeededGenerator(call.Seed, (ulong)choice);
        var logits = new float[model.Vocabulary];
        for (var i = 0; i < call.MaxTokens; i++)
        {
            model.FillLogits(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(context), logits);
            foreach (var (token, bias) in call.Bias)
            {
                if ((uint)token < (uint)logits.Length)
                {
                    logits[token] += bias;
                }
            }

            var sampled = Sample(logits, call.Temperature, random.NextDouble());
            context.Add(sampled);
            yield return PositionOf(logits, sampled, call.Alternatives);
        }
    }

    private static int Sample(ReadOnlySpan<float> logits, double temperature, double at)
    {
        var likeliest = Likeliest(logits);
        if (temperature == 0)
        {
            return likeliest;
        }

        var total = 0.0;
        foreach (var logit in logits)
        {
            total += Math.Exp((logit - logits[likeliest]) / temperature);
        }

        var rest = at * total;
        for (var token = 0; token < logits.Length; token++)
        {
            rest -= Math.Exp((logits[token] - logits[likeliest]) / temperature);
            if (rest < 0)
            {
                return token;
            }
        }

        return likeliest;
    }

    private static CompletionPosition PositionOf(ReadOnlySpan<float> logits, int sampled, int? alternatives)
    {
        if (alternatives is not { } count)
        {
            return new(sampled, 0, []);
        }

        var highest = logits[Likeliest(logits)];
        var total = 0.0;
        foreach (var logit in logits)
        {
            total += Math.Exp(logit - highest);
        }

        var log = highest + Math.Log(total);
        var likeliest = new PriorityQueue<int, float>(count + 1);
        for (var token = 0; token < logits.Length && count > 0; token++)
        {
            if (likeliest.Count < count)
            {
                likeliest.Enqueue(token, logits[token]);
            }
            else if (logits[token] > logits[likeliest.Peek()])
            {
                likeliest.DequeueEnqueue(token, logits[token]);
            }
        }

        var ordered = new List<(int, float)>();
        while (likeliest.TryDequeue(out var token, out var logit))
        {
            ordered.Insert(0, (token, (float)Math.Max(logit - log, Impossible)));
        }

        return new(sampled, (float)Math.Max(logits[sampled] - log, Impossible), ordered);
    }

    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        var likeliest = 0;
        for (var token = 1; token < logits.Length; token++)
        {
            likeliest = logits[token] > logits[likeliest] ? token : likeliest;
        }

        return likeliest;
    }
}
