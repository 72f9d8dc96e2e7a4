using Stillwatch.Provenance.Laboratory;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Laboratory;

public sealed class TransformerTests
{
    private static readonly TransformerOptions Small = new() { Vocabulary = 23, Dimension = 16, Layers = 2, Heads = 2, Window = 8 };

    /// <summary>Every tensor, along random directions: the derivative is the inner product with the gradient.</summary>
    [Fact]
    public void Gradient_OfEveryTensor_AgreesWithFiniteDifferences()
    {
        var model = Scattered(Small, 7);
        var (inputs, targets) = Batch(Small, windows: 3, seed: 5);
        targets[11] = -1;
        var pass = new TransformerPass(Small, 3, 1);
        var (values, gradients) = ((float[])model.Values.Clone(), new float[model.Values.Length]);
        pass.Step(values, gradients, inputs, targets);
        var random = new SeededGenerator(11);
        foreach (var tensor in model.Layout.Tensors)
        {
            var direction = tensor.Of(gradients).ToArray();
            var size = MathF.Sqrt(RowKernels.Dot(direction, direction) / direction.Length);
            foreach (ref var value in direction.AsSpan())
            {
                value += size * (float)((2 * random.NextDouble()) - 1);
            }

            RowKernels.Scale(direction, 1 / MathF.Sqrt(RowKernels.Dot(direction, direction)));
            var along = RowKernels.Dot(direction, tensor.Of(gradients));
            const float step = 2e-3f;
            var difference = (LossAt(step) - LossAt(-step)) / (2 * step);
            Assert.True(
                Math.Abs(difference - along) < 0.01 * Math.Abs(along) + 1e-3, $"{tensor.Name}: {difference} beside {along}");
            Assert.True(Math.Abs(along) > 0.02, $"{tensor.Name}: a gradient of {along} tests nothing");

            double LossAt(float far)
            {
                var moved = (float[])values.Clone();
                RowKernels.Add(direction, far, tensor.Of(moved));
                return pass.Step(moved, new float[values.Length], inputs, targets);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Gradient_OnSeveralThreads_IsTheSameToTheBit(int degree)
    {
        var options = Small with { Dimension = 64, Heads = 4, Window = 32 };
        var model = new TransformerModel(options, 7);
        var (inputs, targets) = Batch(options, windows: 16, seed: 5);
        var (one, other) = (new float[model.Values.Length], new float[model.Values.Length]);
        var loss = new TransformerPass(options, 16, 1).Step(model.Values, one, inputs, targets);
        Assert.Equal(loss, new TransformerPass(options, 16, degree).Step(model.Values, other, inputs, targets));
        Assert.Equal(one, other);
    }

    [Fact]
    public void Logits_OfWholeWindowsTokenByTokenAndOfAContext_AreTheSame()
    {
        var model = Scattered(Small, 8);
        var (inputs, _) = Batch(Small, windows: 3, seed: 6);
        var whole = new TransformerPass(Small, 3, 1).Logits(model.Values, inputs);
        var session = model.Open(3);
        var logits = session.Advance([], lastOnly: true).ToArray();
        for (var place = 0; place < Small.Window; place++)
        {
            for (var text = 0; text < 3; text++)
            {
                var row = whole.AsSpan(((text * Small.Window) + place) * Small.Vocabulary, Small.Vocabulary).ToArray();
                AssertNear(row, logits.AsSpan(text * Small.Vocabulary, Small.Vocabulary));
                var filled = new float[Small.Vocabulary];
                model.FillLogits(inputs.AsSpan((text * Small.Window) + 1, place), filled);
                AssertNear(row, filled);
            }

            logits = place + 1 < Small.Window ? session.Advance(ColumnOf(inputs, place + 1), lastOnly: true).ToArray() : logits;
        }

        session.Reset();
        var read = session.Advance([.. inputs.Chunk(Small.Window).SelectMany(static window => window.Skip(1))], lastOnly: false);
        AssertNear(whole, read);
        Assert.Throws<ArgumentException>(() => session.Advance([1, 2, 3], lastOnly: true));
    }

    /// <summary>What was asked before must not matter, also where the context has outgrown the window.</summary>
    [Fact]
    public void FillLogits_OfALongTextInAnyOrder_FollowsFromTheContextAlone()
    {
        var text = Batch(Small, windows: 5, seed: 9).Targets;
        var model = Scattered(Small, 9);
        var (row, fresh) = (new float[Small.Vocabulary], new float[Small.Vocabulary]);
        int[] lengths = [.. Enumerable.Range(0, text.Length), 3, 30, 5, 31, 30, 0];
        foreach (var length in lengths)
        {
            model.FillLogits(text.AsSpan(0, length), row);
            new TransformerModel(Small, model.Values).FillLogits(text.AsSpan(0, length), fresh);
            AssertNear(fresh, row);
        }

        Assert.Equal([0, 0, 4, 4, 4, 4, 8], new[] { 0, 7, 8, 9, 10, 11, 12 }.Select(model.FirstSeen));
    }

    [Fact]
    public void FillLogits_FromManyThreads_IsAsFromOne()
    {
        var model = Scattered(Small, 9);
        var text = Batch(Small, windows: 5, seed: 9).Targets;
        var alone = Enumerable.Range(0, 30).Select(length => LogitsOf(new(Small, model.Values), text.AsSpan(0, length))).ToArray();
        Parallel.For(0, 600, number => AssertNear(alone[number % 30], LogitsOf(model, text.AsSpan(0, number % 30))));
    }

    [Fact]
    public void Training_OnATextWithOrder_LearnsWhatNoSingleWordTells()
    {
        var (texts, entropy) = Ordered(4000, seed: 3);
        var options = new TransformerOptions { Vocabulary = 12, Dimension = 32, Layers = 2, Heads = 2, Window = 16 };
        var losses = new List<double>();
        var start = new TransformerModel(options, 1);
        var before = (float[])start.Values.Clone();
        var trained = TransformerTraining.Train(
            start, texts, new() { Epochs = 8, Batch = 16, Degree = 2 }, new Recorder(step => losses.Add(step.Loss)),
            TestContext.Current.CancellationToken);
        Assert.Equal(before, start.Values);
        Assert.Equal(Math.Log(12), losses[0], 0.1);
        var (after, single) = (TransformerTraining.Loss(trained, texts), Single(texts));
        Assert.True(after < single - 0.8, $"{after} beside {single} of single words");
        Assert.True(after < entropy + 0.2, $"{after} beside the text's entropy of {entropy}");
    }

    [Fact]
    public void Training_FromOneSeed_IsTheSameOnAnyNumberOfThreadsAndOfAnotherSeedNot()
    {
        var texts = Ordered(300, seed: 3).Texts;
        var options = new TransformerOptions { Vocabulary = 12, Dimension = 32, Layers = 1, Heads = 2, Window = 16 };
        float[] Trained(ulong seed, int degree) => TransformerTraining.Train(
            new(options, 1), texts, new() { Epochs = 2, Batch = 8, Seed = seed, Degree = degree }, null,
            TestContext.Current.CancellationToken).Values;
        var one = Trained(4, 1);
        Assert.Equal(one, Trained(4, 2));
        Assert.NotEqual(one, Trained(5, 1));
    }

    [Fact]
    public void Training_Cancelled_EndsBetweenSteps()
    {
        using var source = new CancellationTokenSource();
        var steps = 0;
        var texts = Ordered(300, seed: 3).Texts;
        Assert.Throws<OperationCanceledException>(() => TransformerTraining.Train(
            new(Small, 1), texts, new() { Epochs = 100 }, new Recorder(_ =>
            {
                if (++steps == 3)
                {
                    source.Cancel();
                }
            }),
            source.Token));
        Assert.Equal(3, steps);
    }

    [Fact]
    public void Training_OfTextsThatDoNotFit_IsRefused()
    {
        var model = new TransformerModel(Small, 1);
        void Train(int[] text, double rate = 1e-3) => TransformerTraining.Train(
            model, [text], new() { LearningRate = rate }, null, TestContext.Current.CancellationToken);
        Assert.Throws<ArgumentException>(() => Train([]));
        Assert.Throws<ArgumentException>(() => Train([Small.Vocabulary]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Train([1], double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransformerModel(Small with { Heads = 3 }, 1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new TransformerModel(Small with { Dimension = 2048, Layers = 64 }, 1));
    }

    /// <summary>Also gains, which all are one at first.</summary>
    private static TransformerModel Scattered(TransformerOptions options, ulong seed)
    {
        var values = (float[])new TransformerModel(options, seed).Values.Clone();
        var random = new SeededGenerator(seed);
        foreach (ref var value in values.AsSpan())
        {
            value += (float)(0.3 * (random.NextDouble() - 0.5));
        }

        return new(options, values);
    }

    private static float[] LogitsOf(TransformerModel model, ReadOnlySpan<int> context)
    {
        var row = new float[model.Vocabulary];
        model.FillLogits(context, row);
        return row;
    }

    private static (int[] Inputs, int[] Targets) Batch(TransformerOptions options, int windows, ulong seed)
    {
        var random = new SeededGenerator(seed);
        var targets = Enumerable.Range(0, windows * options.Window).Select(_ => random.Next(options.Vocabulary)).ToArray();
        var inputs = targets.Select((_, i) => i % options.Window == 0 ? options.Vocabulary : targets[i - 1]).ToArray();
        return (inputs, targets);
    }

    private static int[] ColumnOf(int[] inputs, int place) => [.. inputs.Chunk(Small.Window).Select(window => window[place])];

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-4f);
        }
    }

    /// <summary>Texts in which the token three before says which of two comes, and their entropy a token.</summary>
    private static (int[][] Texts, double Entropy) Ordered(int count, ulong seed)
    {
        var random = new SeededGenerator(seed);
        var texts = Enumerable.Range(0, count).Select(_ => new int[16]).ToArray();
        foreach (var text in texts)
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = i < 3 ? random.Next(12) : ((text[i - 3] * 5) + random.Next(2)) % 12;
            }
        }

        return (texts, ((3 * Math.Log(12)) + (13 * Math.Log(2))) / 16);
    }

    private static double Single(int[][] texts)
    {
        var all = texts.SelectMany(static text => text).ToArray();
        return all.GroupBy(static token => token).Select(equal => (double)equal.Count() / all.Length).Sum(static p => -p * Math.Log(p));
    }

    private sealed class Recorder(Action<TransformerProgress> record) : IProgress<TransformerProgress>
    {
        public void Report(TransformerProgress value) => record(value);
    }
}
