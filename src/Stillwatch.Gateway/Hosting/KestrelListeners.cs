using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Hosting;

/// <summary>Sets up the server that clients connect to: bounds, TLS, and the fingerprint of each client hello.</summary>
internal static class KestrelListeners
{
    private const int MaxHelloBytes = 16 << 10;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(2);

    /// <summary>Applies the configuration.</summary>
    /// <exception cref="InvalidDataException">A certificate cannot be read.</exception>
    public static void Configure(KestrelServerOptions kestrel, GatewayOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = options.Limits.MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = KeepAlive;

        // The pipeline sets the bound of each request, so that a reload takes effect.
        kestrel.Limits.MaxRequestBodySize = options.Limits.MaxRequestBytes;

        // A stream may be silent for minutes; ActivityTimeout bounds how long a client may take nothing.
        kestrel.Limits.MinResponseDataRate = null;
        foreach (var listener in options.Listeners)
        {
            var certificate = Certificate(listener);
            kestrel.Listen(listener.EndPoint, endpoint =>
            {
                endpoint.Use(next => connection =>
                {
                    connection.Features.Set(new RefusalHold());
                    return next(connection);
                });
                endpoint.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                if (certificate is not null)
                {
                    endpoint.UseHttps(https => ConfigureTls(https, certificate, listener.Clients));
                }
            });
        }
    }

    private static void ConfigureTls(
        HttpsConnectionAdapterOptions https, X509Certificate2 certificate, ClientCertificateOptions? clients)
    {
        if (clients is not null)
        {
            var check = new ClientCertificates(ClientCertificates.ReadAuthorities(clients.Authorities));
            https.ClientCertificateMode =
                clients.IsNeeded ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.AllowCertificate;
            https.ClientCertificateValidation = (shown, chain, _) => check.Accepts(shown, chain);
        }

        https.ServerCertificate = certificate;
        https.HandshakeTimeout = HeadersTimeout;
        https.TlsClientHelloBytesCallback = Fingerprint;
    }

    private static void Fingerprint(ConnectionContext connection, ReadOnlySequence<byte> hello)
    {
        if (hello.Length <= MaxHelloBytes && Ja4Fingerprint.Of(hello.ToArray()) is { } fingerprint)
        {
            connection.Features.Set(new Ja4Feature(fingerprint));
        }
    }

    private static X509Certificate2? Certificate(ListenerOptions listener)
    {
        if (listener.Certificate is not { } path)
        {
            return null;
        }

        var password = listener.CertificatePasswordVariable is { } variable ? Environment.GetEnvironmentVariable(variable) : null;
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (System.Security.Cryptography.CryptographicException broken)
        {
            throw new InvalidDataException($"{path}: no usable certificate with its key (PKCS #12): {broken.Message}", broken);
        }
    }
}
