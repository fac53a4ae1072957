using System.Net;

namespace EyeSlots.Storage.S3.Network;

/// <summary>
/// The proxies of the environment with all that <c>NO_PROXY</c> may hold for other AWS tools: <c>*</c>, networks such as
/// <c>10.0.0.0/8</c>, names with and without a dot before them, and ports. .NET's own reader knows whole names and dotted suffixes only. What
/// a machine answers itself (instance metadata, a container's credentials, this host) never goes to a proxy.
/// </summary>
internal sealed class ProxyRules : IWebProxy
{
    private static readonly IPNetwork LinkLocal = IPNetwork.Parse("169.254.0.0/16");
    private static readonly IPAddress EksAgent = IPAddress.Parse("fd00:ec2::23");
    private readonly IWebProxy proxies;
    private readonly bool all;
    private readonly List<IPNetwork> networks = [];
    private readonly List<(string Host, int? Port)> names = [];

    /// <summary>Reads the rules.</summary>
    /// <param name="proxies">Which proxy an address has where no rule excludes it.</param>
    /// <param name="excluded">The text of <c>NO_PROXY</c>.</param>
    public ProxyRules(IWebProxy proxies, string? excluded)
    {
        this.proxies = proxies;
        foreach (var entry in (excluded ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry == "*") all = true;
            else if (IPNetwork.TryParse(entry, out var network)) networks.Add(network);
            else names.Add(Name(entry));
        }
    }

    /// <summary>Those of the environment.</summary>
    public static ProxyRules FromEnvironment(IWebProxy proxies, Func<string, string?> variables) => new(proxies, variables("no_proxy") ?? variables("NO_PROXY"));

    public ICredentials? Credentials
    {
        get => proxies.Credentials;
        set => proxies.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxies.GetProxy(destination);

    public bool IsBypassed(Uri host)
    {
        var name = host.IdnHost.Trim('[', ']').TrimEnd('.');
        if (all || host.IsLoopback || names.Exists(rule => Matches(rule, name, host.Port))) return true;
        return IPAddress.TryParse(name, out var address)
            && (LinkLocal.Contains(address) || address.Equals(EksAgent) || networks.Exists(network => network.Contains(address)));
    }

    private static bool Matches((string Host, int? Port) rule, string name, int port) =>
        (rule.Port is null || rule.Port == port)
        && name.EndsWith(rule.Host, StringComparison.OrdinalIgnoreCase)
        && (name.Length == rule.Host.Length || name[^(rule.Host.Length + 1)] == '.');

    private static (string Host, int? Port) Name(string entry)
    {
        var host = entry.TrimStart('*').TrimStart('.').Trim('[', ']');
        var at = host.LastIndexOf(':');
        return at > 0 && host.IndexOf(':') == at && int.TryParse(host[(at + 1)..], out var port) ? (host[..at], port) : (host, null);
    }
}
