using System.Buffers;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Hosting;

/// <summary>The list of models.</summary>
internal static class ModelsEndpoint
{
    /// <summary>Answers from the configuration; that is no use of a model, so it is no interaction.</summary>
    public static async Task<Refusal?> AnswerAsync(Arrival arrival, GatewayKey key)
    {
        var models = arrival.Snapshot.Options.Models.Where(model => !model.IsPattern && key.AllowsModel(model.Name))
            .Select(static model => (model.Name, model.OwnedBy)).ToList();
        var path = arrival.Http.Request.Path.Value!;
        var body = new ArrayBufferWriter<byte>();
        if (path.Length > EndpointTable.ModelsPath.Length)
        {
            var name = path[(EndpointTable.ModelsPath.Length + 1)..];
            var found = models.FindIndex(model => model.Name == name);
            if (found < 0)
            {
                return NoSuchModel(name);
            }

            ModelList.WriteOne(body, arrival.Dialect, models[found].Name, models[found].OwnedBy);
        }
        else
        {
            ModelList.WriteAll(body, arrival.Dialect, models);
        }

        arrival.Http.Response.ContentType = "application/json";
        arrival.Http.Response.ContentLength = body.WrittenCount;
        await arrival.Http.Response.Body.WriteAsync(body.WrittenMemory, arrival.Http.RequestAborted).ConfigureAwait(false);
        return null;
    }

    /// <summary>What is said of a model that is not there for a key.</summary>
    public static Refusal NoSuchModel(string model) =>
        new(RefusalReason.NoSuchModel, $"The model '{model}' does not exist or you do not have access to it.") { Parameter = "model" };
}
