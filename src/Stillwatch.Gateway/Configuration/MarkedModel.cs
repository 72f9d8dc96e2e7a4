namespace Stillwatch.Gateway.Configuration;

/// <summary>How the replies of a model, or of several, are marked.</summary>
/// <param name="Name">The model; a trailing <c>*</c> stands for any ending.</param>
/// <param name="Way">How.</param>
public sealed record MarkedModel(string Name, MarkingWay Way)
{
    /// <summary>The tokens that may get a bias: ids, the most frequent ones of the model.</summary>
    public IReadOnlyList<int> Tokens { get; init; } = [];

    /// <summary>What is added to the logits of green ones, above 0 and up to 20.</summary>
    public double Bias { get; init; } = 2;

    /// <summary>Entries of <c>logit_bias</c> that the model server takes, 1 to 65536.</summary>
    public int MaxEntries { get; init; } = 300;

    /// <summary>How many drafts, 2 to 16.</summary>
    public int Drafts { get; init; } = 4;

    /// <summary>Words before a word that its colour depends on, 1 to 4; with drafts.</summary>
    public int Width { get; init; } = 2;

    /// <summary>Whether a model is meant.</summary>
    public bool Matches(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Name.EndsWith('*') ? model.AsSpan().StartsWith(Name.AsSpan(0, Name.Length - 1), StringComparison.Ordinal) : model == Name;
    }
}
