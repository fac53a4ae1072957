using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace EyeSlots.Aws.Requests;

/// <summary>One line for the user about each call that failed for good: why, and what to do.</summary>
internal static partial class AwsMessages
{
    public static AwsException Explain(AwsAccess access, AwsCall call, AwsFault fault, int tries)
    {
        var place = Place(access, call.Service);
        var (code, why) = fault switch
        {
            _ when AwsFaults.IsThrottled(fault) =>
                (ErrorCodes.AwsThrottled, $"{place} still asks for fewer calls ({Status(fault)}) after {tries} tries; the whole account shares its limit: wait some minutes, then run again."),
            _ when AwsFaults.MayPass(fault) =>
                (ErrorCodes.AwsUnreachable, $"{place} still answers {Status(fault)} after {tries} tries; look at health.aws.amazon.com, then run again."),
            _ when AwsFaults.IsExpired(fault) =>
                (ErrorCodes.AwsCredentials, $"the session token of {Source(access)} has ended ({fault.Code}); log in again ('aws sso login'), or renew AWS_SESSION_TOKEN."),
            _ when AwsFaults.IsUnknownKey(fault) =>
                (ErrorCodes.AwsCredentials, $"{place} does not know the access key of {Source(access)} ({fault.Code}); check it, the profile and the region's partition."),
            _ when AwsFaults.IsBadSignature(fault) =>
                (ErrorCodes.AwsCredentials, $"the secret key of {Source(access)} is wrong ({fault.Code}); check it, and this machine's clock."),
            _ when AwsFaults.IsQuota(fault.Code) => (ErrorCodes.ClusterQuota, $"the account may not have more ({fault.Code}): {fault.Message} Ask for more in Service Quotas, or use less."),
            _ when AwsFaults.IsCapacity(fault.Code) => (ErrorCodes.ClusterCapacity, $"AWS has no such machine at the moment ({fault.Code}): {fault.Message}"),
            _ when AwsFaults.IsDenied(fault) => (ErrorCodes.AwsDenied, Denied(access, call, fault)),
            _ => (ErrorCodes.AwsDenied, $"{place} refused it ({Status(fault)}): {fault.Message}"),
        };
        return new(code, call, fault, why);
    }

    /// <summary>About a call that no answer came to.</summary>
    public static AwsException Explain(AwsAccess access, AwsCall call, Exception error, int tries)
    {
        var (place, setting) = (Place(access, call.Service), access.Endpoint(call.Service).Source);
        if (AwsFaults.IsUntrusted(error))
            return new(ErrorCodes.AwsUnreachable, call, null, $"no secure connection to {place}; its certificate is not trusted here (AWS_CA_BUNDLE names a file of further authorities), or it speaks http.", error);
        if (AwsFaults.IsTooLarge(error)) return Strange(access, call, "too many bytes", error);
        var why = error is TimeoutException ? "no answer in time" : (error.GetBaseException() as SocketException)?.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connection refused",
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host's name is not known",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no way to the host",
            _ => "the connection broke",
        };
        return new(
            ErrorCodes.AwsUnreachable, call, null, $"{place} cannot be reached after {tries} tries ({why}); check {(setting is null ? "--region" : $"the endpoint ({setting})")}, the network and proxies.", error);
    }

    /// <summary>About an answer that is not one of the service.</summary>
    public static AwsException Strange(AwsAccess access, AwsCall call, string what, Exception? inner = null) => new(
        ErrorCodes.AwsUnreachable, call, null, $"{Place(access, call.Service)} gave an answer that is not one of {call.Service.Title} ({what}); check the endpoint and proxies.", inner);

    private static string Denied(AwsAccess access, AwsCall call, AwsFault fault)
    {
        var named = Permission().Match(fault.Message);
        var action = named.Success ? named.Groups["action"].Value : $"{call.Service.Name}:{call.Action}";
        var resource = named.Groups["resource"] is { Success: true } on ? $" on {on.Value.TrimEnd('.')}" : "";
        return $"the credentials of {Source(access)} lack {action}{resource} ({fault.Code}); whoever manages the account gives it, see the operators' policy in cloudformation/README.md.";
    }

    private static string Place(AwsAccess access, AwsService service)
    {
        var (address, source) = access.Endpoint(service);
        return source is null ? $"AWS in {access.Region}" : $"{address.Scheme}://{address.Authority}";
    }

    private static string Source(AwsAccess access) => access.CredentialSource ?? "this machine";

    private static string Status(AwsFault fault) => $"{fault.Status} {fault.Code}".TrimEnd();

    [GeneratedRegex(@"perform: (?<action>[a-z0-9-]{1,40}:[A-Za-z0-9*]{1,64})(?: on resource: (?<resource>[\w:/.*@+=,-]{1,300}))?")]
    private static partial Regex Permission();
}
