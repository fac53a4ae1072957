namespace EyeSlots.Storage.S3.Network;

/// <summary>The header Host as it is sent and signed.</summary>
internal static class HostHeader
{
    /// <summary>The value for an address: a usual port is left out, and an address of IPv6 stands in brackets.</summary>
    public static string Of(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        return address.IsDefaultPort ? host : $"{host}:{address.Port}";
    }
}
