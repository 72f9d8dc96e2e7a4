using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Provenance.Laboratory;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Laboratory;

/// <summary>
/// A teacher trained on a text, a base trained on half of it, and students that went on from the base with what the teacher said, a share
/// of it marked as production marks. All follow from their seeds; what was trained may be kept in a folder.
/// </summary>
internal sealed class TransformerLaboratory
{
    /// <summary>Tokens of a student's training, unless others are asked for.</summary>
    public const int UsualTraining = 200_000;

    /// <summary>Readings of them.</summary>
    public const int Epochs = 2;

    /// <summary>Tokens that students are made to say.</summary>
    public const int Said = 100_000;

    private const int HeldOut = 20_000;
    private const int WrittenAtOnce = 256;
    private const int ReadAtOnce = 64;
    private const double Bias = 1;

    private readonly TransformerOptions _options;
    private readonly string? _kept;
    private readonly int _degree;

    /// <param name="path">The text.</param>
    /// <param name="vocabulary">Words.</param>
    /// <param name="kept">A folder of models that were trained before, and of those to come; null for none.</param>
    /// <param name="degree">Threads at most.</param>
    public TransformerLaboratory(string path, int vocabulary, string? kept, int degree)
    {
        (_kept, _degree) = (kept, degree);
        _options = new() { Vocabulary = vocabulary };
        var words = Words.Read(path, vocabulary);
        var (learnt, heldOut) = (words[..^HeldOut], words[^HeldOut..]);
        Teacher = Trained("teacher", new(_options, 1), [learnt], new() { Epochs = 3, LearningRate = 3e-3, Seed = 1 });
        Base = Trained("base", new(_options, 2), [learnt[..(learnt.Length / 2)]], new() { Epochs = 1.5, LearningRate = 3e-3, Seed = 2 });
        Perplexities = (Perplexity(Teacher, heldOut), Perplexity(Base, heldOut));
    }

    public TransformerModel Teacher { get; }

    /// <summary>What every student began as.</summary>
    public TransformerModel Base { get; }

    /// <summary>Of teacher and base, on words that neither read.</summary>
    public (double Teacher, double Base) Perplexities { get; }

    public long Parameters => _options.Parameters;

    /// <summary>A key, a student of texts of which a share carries its mark, and what it says when nothing is asked.</summary>
    public TransformerStudent Student(double share, ulong run, int training = UsualTraining)
    {
        var generator = new SeededGenerator(run, (ulong)(share * 1000));
        var key = new byte[KeyedGreenBits.KeyBytes];
        BitConverter.TryWriteBytes(key, generator.NextUInt64());
        BitConverter.TryWriteBytes(key.AsSpan(8), generator.NextUInt64());
        var bits = new KeyedGreenBits(key, 1);
        var amount = training == UsualTraining ? "" : $"-{training}";
        var name = string.Create(CultureInfo.InvariantCulture, $"student-{share}-{run}{amount}");
        var path = _kept is null ? null : Path.Combine(_kept, $"{name}.said");
        if (File.Exists(path) && Kept(name) is { } kept)
        {
            return new(kept, bits, [.. File.ReadLines(path).Select(static line => line.Split(' ').Select(Id).ToArray())]);
        }

        var marked = (int)(share * training);
        List<int[]> texts =
        [
            .. marked > 0 ? Write(Teacher, marked, ref generator, bits) : [],
            .. marked < training ? Write(Teacher, training - marked, ref generator) : [],
        ];
        var model = Trained(name, Base, texts, new() { Epochs = Epochs, LearningRate = 2e-3, Seed = run });
        var said = Write(model, Said, ref generator);
        if (path is not null)
        {
            File.WriteAllLines(path, said.Select(static text => string.Join(' ', text)));
        }

        return new(model, bits, said);
    }

    /// <summary>Texts that a model says from their beginning on, each as long as it can see.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">Of all texts, at least.</param>
    /// <param name="generator">Draws.</param>
    /// <param name="bits">The colours of a mark on them; null for none.</param>
    public List<int[]> Write(TransformerModel model, int tokens, ref SeededGenerator generator, KeyedGreenBits? bits = null)
    {
        var length = model.Options.Window - 1;
        var (texts, session, next) = (new List<int[]>(), model.Open(WrittenAtOnce, _degree), new int[WrittenAtOnce]);
        using var none = new KeyedGreenBits(new byte[KeyedGreenBits.KeyBytes], 1);
        var sampler = new MarkedSampler(bits ?? none, MarkStrength.Biased(Bias), model.Vocabulary);
        while (texts.Count * length < tokens)
        {
            session.Reset();
            int[][] now = [.. Enumerable.Range(0, WrittenAtOnce).Select(_ => new int[length])];
            MarkedSequence[] sequences = [.. Enumerable.Range(0, WrittenAtOnce).Select(static _ => new MarkedSequence(1))];
            for (var place = 0; place < length; place++)
            {
                var logits = session.Advance(place == 0 ? [] : next, lastOnly: true);
                for (var text = 0; text < WrittenAtOnce; text++)
                {
                    var row = logits.Slice(text * model.Vocabulary, model.Vocabulary);
                    next[text] = now[text][place] = sampler.Draw(row, 1, bits is null ? null : sequences[text], ref generator);
                    sequences[text].Accept(next[text]);
                }
            }

            texts.AddRange(now);
        }

        return [.. texts.Take((tokens + length - 1) / length)];
    }

    /// <summary>Goes through the probabilities of a model at every place of texts, given all that is before.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">Of one length.</param>
    /// <param name="at">What to do with a text's number, a place and the probabilities there, which last as long as the call.</param>
    public void Read(TransformerModel model, IReadOnlyList<int[]> texts, Action<int, int, double[]> at)
    {
        var row = new double[model.Vocabulary];
        for (var first = 0; first < texts.Count; first += ReadAtOnce)
        {
            int[][] part = [.. texts.Skip(first).Take(ReadAtOnce)];
            var length = part[0].Length;
            var logits = model.Open(part.Length, _degree).Advance([.. part.SelectMany(static text => text[..^1])], lastOnly: false);
            for (var i = 0; i < part.Length * length; i++)
            {
                Softmax(logits.Slice(i * row.Length, row.Length), row);
                at(first + (i / length), i % length, row);
            }
        }
    }

    private static int Id(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static void Softmax(ReadOnlySpan<float> logits, double[] probabilities)
    {
        var (highest, total) = (double.NegativeInfinity, 0.0);
        foreach (var logit in logits)
        {
            highest = Math.Max(highest, logit);
        }

        for (var token = 0; token < probabilities.Length; token++)
        {
            total += probabilities[token] = Math.Exp(logits[token] - highest);
        }

        for (var token = 0; token < probabilities.Length; token++)
        {
            probabilities[token] /= total;
        }
    }

    private double Perplexity(TransformerModel model, int[] words) => Math.Exp(TransformerTraining.Loss(model, [words], _degree));

    private TransformerModel Trained(string name, TransformerModel start, List<int[]> texts, TransformerTrainingOptions options)
    {
        if (Kept(name) is { } kept)
        {
            return kept;
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        var model = TransformerTraining.Train(start, texts, options with { Degree = _degree });
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} trained in {watch.Elapsed.TotalSeconds:0} s"));
        if (_kept is not null)
        {
            Directory.CreateDirectory(_kept);
            using var output = File.Create(PathOf(name));
            model.Save(output);
        }

        return model;
    }

    private string PathOf(string name) => Path.Combine(_kept!, $"{name}.safetensors");

    private TransformerModel? Kept(string name)
    {
        if (_kept is null || !File.Exists(PathOf(name)))
        {
            return null;
        }

        var path = PathOf(name);
        try
        {
            using var input = File.OpenRead(path);
            var model = TransformerModel.Load(input);
            return model.Options == _options ? model : throw new UnusableException($"{path}: another shape; give another folder.");
        }
        catch (InvalidDataException fault)
        {
            throw new UnusableException($"{path}: {fault.Message}");
        }
    }
}
