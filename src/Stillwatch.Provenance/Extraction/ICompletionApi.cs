namespace Stillwatch.Provenance.Extraction;

/// <summary>What an attacker has of a model: its API.</summary>
public interface ICompletionApi
{
    /// <summary>Requests so far.</summary>
    long Queries { get; }

    /// <summary>Completes a text at temperature 0.</summary>
    /// <param name="prompt">The text.</param>
    /// <param name="bias">Added to logits.</param>
    /// <param name="top">How many alternatives of each token are asked for; 0 for no probabilities at all.</param>
    /// <param name="length">Tokens to complete.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="HttpRequestException">The API refuses, or cannot be reached.</exception>
    Task<IReadOnlyList<CompletedToken>> CompleteAsync(
        string prompt, IReadOnlyDictionary<int, double> bias, int top, int length, CancellationToken cancellationToken);
}
