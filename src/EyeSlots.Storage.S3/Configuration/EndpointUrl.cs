namespace EyeSlots.Storage.S3.Configuration;

/// <summary>Reads the address of a server.</summary>
internal static class EndpointUrl
{
    /// <summary>The address.</summary>
    /// <exception cref="EyeSlotsException">It is none; the message names the setting and shows no password.</exception>
    public static Setting<Uri> Parse(Setting<string> text) =>
        Uri.TryCreate(text.Value.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? new(uri, text.Source)
            : throw new EyeSlotsException(
                ErrorCodes.Usage, $"The endpoint ({text.Source}) is no address; write http://host:port or https://host, without user name or password.");
}
