using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.KeyService;

/// <summary>The epochs of a key service.</summary>
/// <param name="Epochs">The present one first.</param>
internal sealed record EpochsAnswer(IReadOnlyList<EpochAnswer> Epochs);

/// <summary>One epoch.</summary>
/// <param name="Epoch">Its name.</param>
/// <param name="PublicKey">The public key in hexadecimal digits.</param>
internal sealed record EpochAnswer(string Epoch, string PublicKey);

/// <summary>Elements to evaluate.</summary>
/// <param name="Epoch">Under the key of this epoch.</param>
/// <param name="Blinded">Compressed points in hexadecimal digits.</param>
internal sealed record EvaluateRequest(string Epoch, IReadOnlyList<string> Blinded);

/// <summary>What came of them.</summary>
/// <param name="Evaluated">In their order.</param>
/// <param name="Proof">One for all.</param>
internal sealed record EvaluateAnswer(IReadOnlyList<string> Evaluated, string Proof);

/// <summary>Why not.</summary>
/// <param name="Error">A sentence.</param>
internal sealed record ErrorAnswer(string Error);

/// <summary>Members in lower case with underscores.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(EpochsAnswer))]
[JsonSerializable(typeof(EvaluateRequest))]
[JsonSerializable(typeof(EvaluateAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
internal sealed partial class KeyServiceMessages : JsonSerializerContext;
