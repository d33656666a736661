namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>Hosts that a request does not leave the machine, or its container network, for.</summary>
internal static class Loopback
{
    private static readonly string[] s_names = ["localhost", "127.0.0.1", "[::1]", "0.0.0.0", "host.docker.internal"];

    /// <summary>Whether the body, or the type around it, names the machine itself.</summary>
    public static bool IsNamedIn(AiBody body) => s_names.Any(name => body.Http.Names("//" + name, inTypeAround: false) || body.Http.Names("//" + name, inTypeAround: true));

    /// <summary>Whether the host, without its port, is the machine itself, or a name without a dot, which only its own network knows.</summary>
    public static bool IsLocal(string host) =>
        host.Length == 0
        || host is "::1" or "[::1]" or "0.0.0.0" or "host.docker.internal"
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (host[0] != '[' && host.IndexOf('.') < 0)
        || IsLoopbackAddress(host);

    // 127.0.0.0/8, and no name that begins like it.
    private static bool IsLoopbackAddress(string host)
    {
        var parts = host.Split('.');
        return parts.Length == 4 && parts[0] == "127" && parts.All(static part => byte.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _));
    }
}
