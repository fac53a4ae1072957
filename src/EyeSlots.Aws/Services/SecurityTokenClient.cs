using EyeSlots.Aws.Requests;

namespace EyeSlots.Aws.Services;

/// <summary>Who the credentials belong to.</summary>
/// <param name="access">Who asks, and where.</param>
internal sealed class SecurityTokenClient(AwsAccess access)
{
    private readonly QueryClient query = new(access, AwsService.SecurityToken);

    /// <summary>Account and name of the caller; needs no permission.</summary>
    /// <exception cref="AwsException">AWS refused it or was not reached.</exception>
    public async Task<CallerIdentity> GetCallerIdentityAsync(CancellationToken cancellation = default)
    {
        var result = (await query.CallAsync("GetCallerIdentity", new(), cancellation).ConfigureAwait(false)).Child("GetCallerIdentityResult");
        return new(result.Text("Account"), result.Text("Arn"));
    }
}

/// <summary>Who asks.</summary>
/// <param name="Account">Twelve digits.</param>
/// <param name="Arn">The user's or session's name.</param>
internal sealed record CallerIdentity(string Account, string Arn);
