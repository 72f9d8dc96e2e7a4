using System.Security.Cryptography;
using Stillwatch.Cli.Output;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Extraction;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>
/// Runs the published attacks on a model server of our own, with nothing in between and through a gateway that responds.
/// </summary>
internal sealed class ExtractionSelftest(ExtractionSettings settings, IWorkDisplay display)
{
    /// <summary>With nothing in between.</summary>
    public const string Undefended = "none";

    /// <summary>With noise, and with bias: an experiment.</summary>
    public const string NoiseAlone = "noise alone";

    private const string Logprobs = "log-probabilities";
    private const string Argmax = "argmax";
    private const string Heads = "heads";
    private const string Perturb = "perturb";
    private const string Full = "lab-full";
    private const string Small = "lab-small";
    private const string Short = "lab-short";
    private const string Other = "lab-other";

    /// <summary>The attack without probabilities takes twenty requests a logit; its model is smaller by this.</summary>
    private const int Smaller = 4;

    /// <summary>And so many times more, to see whether more would do it.</summary>
    private const int More = 4;

    /// <summary>The attack without bias works where the hidden state is much shorter than the heads that a reply shows.</summary>
    private const int ShortDimension = 4;

    private const int ShortVocabulary = 40;
    private const int ShortPrompts = 1000;

    /// <summary>Heads at most; of a larger model the fit would take longer than all else.</summary>
    private const int MostHeads = 8000;

    private const int HonestPrompts = 40;
    private const int UnseenPrompts = 4;

    private readonly FinalLayerModel _full = new(settings.Dimension, settings.Vocabulary, settings.Decline, settings.Seed);

    private readonly FinalLayerModel _small =
        new(Math.Max(2, settings.Dimension / Smaller), settings.Vocabulary, settings.Decline, settings.Seed + 1);

    private readonly FinalLayerModel _short = new(ShortDimension, ShortVocabulary, settings.Decline, settings.Seed + 3);
    private readonly List<ExtractionTrial> _trials = [];
    private readonly HttpClient _direct = CreateClient();
    private readonly HttpClient _guarded = CreateClient();
    private string? _key;

    public async Task<ExtractionReport> RunAsync(CancellationToken cancellation)
    {
        var models = new Dictionary<string, ILanguageModel>
        {
            [Full] = _full,
            [Small] = _small,
            [Short] = _short,
            [Other] = new FinalLayerModel(settings.Dimension, settings.Vocabulary, settings.Decline, settings.Seed + 2),
        };
        using var direct = _direct;
        using var guarded = _guarded;
        await using var server = await LaboratoryServer.StartAsync(models, cancellation);
        await using var gateway = await TrialGateway.StartAsync(server.Address, settings.Responses, cancellation);
        (direct.BaseAddress, guarded.BaseAddress, _key) = (server.Address, gateway.Address, gateway.Key);
        var layer = await ReadLogprobsAsync(Api(Full, isGuarded: false), Undefended, 1, cancellation);
        await ReadArgmaxAsync(Undefended, 1, cancellation);
        await ReadHeadsAsync(Api(Short, isGuarded: false), Undefended, 1, _short, cancellation);
        var fingerprint = (
            await ShareAsync(layer, Full, cancellation),
            await ShareAsync(layer, Other, cancellation));
        var noisy = new NoisyApi(Api(Full, isGuarded: false), Noise);
        foreach (var factor in new[] { 1, settings.Factor, More * settings.Factor }.Distinct())
        {
            await ReadLogprobsAsync(noisy, NoiseAlone, factor, cancellation);
        }

        await ReadHeadsAsync(new NoisyApi(Api(Short, isGuarded: false), Noise), NoiseAlone, settings.Factor, _short, cancellation);

        foreach (var step in new[] { ResponseStep.Reduce, ResponseStep.Perturb })
        {
            await gateway.RespondAsync(step, cancellation);
            foreach (var factor in new[] { settings.Factor, More * settings.Factor })
            {
                await ReadLogprobsAsync(Api(Full, isGuarded: true), NameOf(step), factor, cancellation);
                await ReadArgmaxAsync(NameOf(step), factor, cancellation);
            }

            await ReadHeadsAsync(Api(Full, isGuarded: true), NameOf(step), settings.Factor, _full, cancellation);
        }

        var (exact, perturbed) = (Api(Full, isGuarded: false), Api(Full, isGuarded: true));
        var averages = await AveragedNoise.MeasureAsync(
            exact, perturbed, settings.Vocabulary, settings.Seed, done => display.Report("averaging", done, null, "prompts"), cancellation);
        var cost = await HonestCost.MeasureAsync(
            exact, perturbed, Prompts(HonestPrompts, 7), done => display.Report("asking honestly", done, HonestPrompts, "prompts"),
            cancellation);
        return new(_trials, fingerprint, averages, cost);
    }

    private IReadOnlyList<int> Tokens => [.. Enumerable.Range(0, settings.Vocabulary)];

    private static LogprobNoise Noise { get; } = new(SHA256.HashData("selftest"u8));

    private static string NameOf(ResponseStep step) => step is ResponseStep.Reduce ? "reduce" : Perturb;

    private static HttpClient CreateClient() => new(new SocketsHttpHandler { UseProxy = false });

    private HttpCompletionApi Api(string model, bool isGuarded) => new(
        isGuarded ? _guarded : _direct, isGuarded ? _key : null, model, static text => NumberedTokens.NumberOf(text));

    /// <summary>Half as many again as the dimension suffice undefended.</summary>
    private IReadOnlyList<string> Prompts(int count, ulong stream) =>
        AttackPrompts.Create(count, settings.Vocabulary, settings.Seed + (1000 * stream));

    private async Task<RecoveredLayer> ReadLogprobsAsync(ICompletionApi api, string defence, int factor, CancellationToken cancellation)
    {
        var prompts = Prompts(factor * settings.Dimension * 3 / 2, 1);
        var phase = $"{Logprobs}, {defence}, {factor}x";
        var rows = await new BiasedLogprobAttack().RunAsync(
            api, Tokens, prompts, done => display.Report(phase, done, prompts.Count, "prompts"), cancellation);
        return Take(Logprobs, defence, factor, rows, _full);
    }

    private async Task ReadArgmaxAsync(string defence, int factor, CancellationToken cancellation)
    {
        var prompts = Prompts(factor * _small.Dimension * 2, 2);
        var tokens = Enumerable.Range(0, Math.Min(3 * _small.Dimension, settings.Vocabulary)).ToList();
        var phase = $"{Argmax}, {defence}, {factor}x";
        var rows = await new ArgmaxAttack().RunAsync(
            Api(Small, defence != Undefended), tokens, prompts, done => display.Report(phase, done, prompts.Count, "prompts"),
            cancellation);
        Take(Argmax, defence, factor, rows, _small);
    }

    /// <summary>One request a prompt: of the full model as many as the attack with bias takes.</summary>
    private async Task ReadHeadsAsync(
        ICompletionApi api, string defence, int factor, FinalLayerModel model, CancellationToken cancellation)
    {
        var attack = new HeadCompletionAttack
        {
            Dimension = model.Dimension,
            ExpectedNoise = defence is NoiseAlone or Perturb ? LogprobNoise.Sigma : 3e-4,
            Starts = model == _short ? 12 : 1,
            Iterations = model == _short ? 600 : 30,
        };
        var requests = model == _short ? ShortPrompts : settings.Dimension * 3 / 2 * ((settings.Vocabulary - 2) / (attack.Top - 1) + 1);
        var prompts = AttackPrompts.Create(Math.Min(factor * requests, MostHeads), model.Vocabulary, settings.Seed + 4000);
        var phase = $"{Heads}, {defence}, {factor}x";
        var rows = await attack.RunAsync(api, prompts, done => display.Report(phase, done, prompts.Count, "prompts"), cancellation);
        Take(Heads, defence, factor, rows, model);
    }

    private RecoveredLayer Take(string attack, string defence, int factor, LogitRows rows, FinalLayerModel model)
    {
        var layer = new RecoveredLayer(rows);
        // To complete a matrix is to be told its rank: whoever does it finds no dimension.
        var isTold = attack == Heads;
        _trials.Add(new(attack, defence, factor, isTold ? null : layer.Dimension, layer.Gap, rows.Coverage, rows.Queries)
        {
            IsTold = isTold,
            TrueDimension = model.Dimension,
            LayerError = layer.ErrorTo(model.Layer()),
        });
        return layer;
    }

    private async Task<double> ShareAsync(RecoveredLayer layer, string model, CancellationToken cancellation)
    {
        var rows = await new BiasedLogprobAttack().RunAsync(
            Api(model, isGuarded: false), Tokens, Prompts(UnseenPrompts, 3), null, cancellation);
        return layer.ShareOf(rows, settings.Dimension);
    }
}
