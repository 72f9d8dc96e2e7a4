using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Ids of requests, which are those of their interactions: a random part for the process, and a number.</summary>
/// <remarks>Two processes share a random part with probability 2^-64, so ids are unique over restarts and over machines.</remarks>
internal sealed class RequestIds
{
    private readonly string _process = $"req_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
    private long _last;

    /// <summary>A new id.</summary>
    public string Next() => string.Create(CultureInfo.InvariantCulture, $"{_process}{Interlocked.Increment(ref _last):x8}");

    /// <summary>Shows a request's id in the reply, for the operator's logs, under a name that no upstream uses.</summary>
    public static void Show(HttpResponse response, string id) => response.Headers["x-stillwatch-request-id"] = id;
}
