namespace Stillwatch.Provenance.Laboratory;

/// <summary>Trains transformers on texts. Stateless.</summary>
/// <remarks>
/// AdamW (Loshchilov and Hutter 2019) with a rate that rises and then falls along a cosine, and gradients that are cut to a length. The
/// same texts, start and options give the same model, on as many threads as there may be.
/// </remarks>
public static class TransformerTraining
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.95;
    private const float Epsilon = 1e-8f;
    private const int ReadAtOnce = 64;

    /// <summary>A model that has learnt from texts; the one that it started from stays as it was.</summary>
    /// <param name="start">Where it starts from: one that has learnt nothing, or a base.</param>
    /// <param name="texts">
    /// Ids of at least 0, below the vocabulary. Each begins with the mark of the beginning; longer ones than the window are cut anew with
    /// every reading, and what stays over is left out.
    /// </param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told of each step; null for nobody.</param>
    /// <param name="cancellationToken">Ends it between two steps.</param>
    /// <exception cref="ArgumentException">There is no text, or an id is outside the vocabulary.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TransformerModel Train(
        TransformerModel start,
        IReadOnlyList<int[]> texts,
        TransformerTrainingOptions options,
        IProgress<TransformerProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        Check(texts, start.Vocabulary);
        var windows = new TrainingWindows(texts, start.Options.Window, options.Seed);
        var batch = Math.Min(options.Batch, windows.PerEpoch);
        var steps = (int)Math.Max(1, Math.Min(int.MaxValue, options.Epochs * windows.PerEpoch / batch));
        var pass = new TransformerPass(start.Options, batch, options.Degree);
        var (values, gradients) = ((float[])start.Values.Clone(), new float[start.Values.Length]);
        var (first, second) = (new float[values.Length], new float[values.Length]);
        var (inputs, targets) = (new int[batch * start.Options.Window], new int[batch * start.Options.Window]);
        for (var step = 1; step <= steps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            windows.Fill(inputs, targets, beginning: start.Vocabulary);
            var loss = pass.Step(values, gradients, inputs, targets);
            Clip(gradients, options.Clip);
            Update(start.Layout, options, Rate(options, step, steps), step, (values, gradients, first, second));
            progress?.Report(new(step, steps, loss));
        }

        return new(start.Options, values);
    }

    /// <summary>The mean loss of a model on texts, in natural units; its exponential is the perplexity.</summary>
    /// <param name="model">The model.</param>
    /// <param name="texts">As for training; longer ones than the window are cut into such.</param>
    /// <param name="degree">Threads at most.</param>
    public static double Loss(TransformerModel model, IReadOnlyList<int[]> texts, int degree = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        Check(texts, model.Vocabulary);
        var (loss, count) = (0.0, 0L);
        foreach (var window in texts.SelectMany(text => text.Chunk(model.Options.Window - 1)))
        {
            var logits = model.Open(1, degree).Advance(window, lastOnly: false);
            var place = 0;
            foreach (var token in window)
            {
                var row = logits.Slice(place++ * model.Vocabulary, model.Vocabulary).ToArray();
                var own = row[token];
                loss += RowKernels.Softmax(row) - own;
                count++;
            }
        }

        return loss / count;
    }

    private static void Check(IReadOnlyList<int[]> texts, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (!texts.Any(static text => text.Length > 0))
        {
            throw new ArgumentException("At least one text must have a token.", nameof(texts));
        }

        if (texts.Any(text => text.Any(token => token < 0 || token >= vocabulary)))
        {
            throw new ArgumentException($"Ids are 0 to {vocabulary - 1}.", nameof(texts));
        }
    }

    private static double Rate(TransformerTrainingOptions options, int step, int steps)
    {
        var rising = Math.Max(1, options.WarmUp * steps);
        if (step <= rising)
        {
            return options.LearningRate * step / rising;
        }

        var cosine = (1 + Math.Cos(Math.PI * (step - rising) / Math.Max(1, steps - rising))) / 2;
        return options.LearningRate * (options.FinalRate + ((1 - options.FinalRate) * cosine));
    }

    private static void Clip(float[] gradients, double longest)
    {
        var length = Math.Sqrt(RowKernels.Dot(gradients, gradients));
        if (length > longest)
        {
            RowKernels.Scale(gradients, (float)(longest / length));
        }
    }

    private static void Update(
        TransformerLayout layout,
        TransformerTrainingOptions options,
        double rate,
        int step,
        (float[] Values, float[] Gradients, float[] First, float[] Second) state)
    {
        var size = (float)(rate / (1 - Math.Pow(FirstDecay, step)));
        var root = (float)(1 / Math.Sqrt(1 - Math.Pow(SecondDecay, step)));
        Parallel.ForEach(layout.Tensors, new ParallelOptions { MaxDegreeOfParallelism = options.Degree }, tensor =>
        {
            var shrinking = tensor.Rows > 1 ? (float)(rate * options.WeightDecay) : 0;
            RowKernels.Adam(
                tensor.Of(state.Values), tensor.Of(state.Gradients), tensor.Of(state.First), tensor.Of(state.Second),
                new(size, root, shrinking, (float)FirstDecay, (float)SecondDecay, Epsilon));
        });
    }
}
